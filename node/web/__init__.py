"""The pages of a node: server-rendered, whole without JavaScript. Thin: read a form, call one action, render."""
