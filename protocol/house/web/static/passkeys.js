// Passkeys: shows the button where the browser can, asks the device, posts its answer. Nothing else here is a script.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (found) => (found || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const ask = async (options, create) => {
    const wanted = { ...options, challenge: bytes(options.challenge) };
    if (!create) return navigator.credentials.get({ publicKey: { ...wanted, allowCredentials: listed(options.allowCredentials) } });
    return navigator.credentials.create({
      publicKey: {
        ...wanted,
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: listed(options.excludeCredentials),
      },
    });
  };

  const answerOf = (made) => {
    const said = made.response;
    const response = { clientDataJSON: text(said.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (said[name]) response[name] = text(said[name]);
    }
    return JSON.stringify({
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response,
      clientExtensionResults: made.getClientExtensionResults(),
    });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const field = form.elements.namedItem("answer");
      if (field.value) return;
      event.preventDefault();
      try {
        field.value = answerOf(await ask(JSON.parse(form.dataset.passkey), form.dataset.create === "yes"));
        form.submit();
      } catch {
        form.querySelector("[data-failed]").hidden = false;
      }
    });
  }
})();
