// A stranger's view of a Watchword log: it knows the C2SP formats, Go's golang.org/x/mod/sumdb, and nothing of ours.
//
//	peers log FOLDER VKEY                  a log exported as files: checkpoint, every tile, every entry
//	peers proofs FILE                      inclusion and consistency proofs, one a line
//	peers note FILE VKEY [WITNESS...]      a signed note, and which witnesses cosigned it
//	peers evidence FOLDER VKEY             what a node exported: proof, testimony, or forged
//
// Each prints one line a thing that it checked, and exits with status 1 if it could not check at all.
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A checkpoint is the first three lines of a signed note: origin, size, root. Source: C2SP tlog-checkpoint.
type checkpoint struct {
	origin string
	tree   tlog.Tree
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "log":
		return checkLog(args[1], args[2])
	case len(args) == 2 && args[0] == "proofs":
		return checkProofs(args[1])
	case len(args) >= 3 && args[0] == "note":
		return checkNote(args[1], args[2], args[3:])
	case len(args) == 3 && args[0] == "evidence":
		return checkEvidence(args[1], args[2])
	}
	return errors.New("usage: peers log FOLDER VKEY | proofs FILE | note FILE VKEY [WITNESS...] | evidence FOLDER VKEY")
}

// open verifies a note under a log's key and reads its checkpoint.
func open(message []byte, vkey string) (checkpoint, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return checkpoint{}, err
	}
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return checkpoint{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return checkpoint{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return checkpoint{}, errors.New("not a checkpoint's size")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return checkpoint{}, err
	}
	return checkpoint{lines[0], tlog.Tree{N: size, Hash: root}}, nil
}

// checkNote verifies a note's own signature, then each witness's cosignature.
func checkNote(path, vkey string, witnesses []string) error {
	message, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	found, err := open(message, vkey)
	if err != nil {
		return err
	}
	fmt.Printf("note: %d entries\n", found.tree.N)
	for _, witness := range witnesses {
		verifier, err := newWitness(witness)
		if err != nil {
			return err
		}
		verdict := "cosigned"
		if _, err := note.Open(message, note.VerifierList(verifier)); err != nil {
			verdict = "no cosignature"
		}
		fmt.Printf("%s: %s\n", verifier.Name(), verdict)
	}
	return nil
}
