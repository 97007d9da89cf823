package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// A witness's key, of type 4: it signs a time and the note's text. Source: C2SP tlog-cosignature.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

const cosignatureV1 = 4

func newWitness(vkey string) (*witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a verifier key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureV1 {
		return nil, errors.New("not a witness's key")
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	made := &witness{parts[0], binary.BigEndian.Uint32(digest[:4]), key[1:]}
	if fmt.Sprintf("%08x", made.hash) != parts[1] {
		return nil, errors.New("the key's hash is of another key")
	}
	return made, nil
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func (w *witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature[:8]), text)
	return ed25519.Verify(w.key, []byte(signed), signature[8:])
}
