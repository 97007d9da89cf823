package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

// checkEvidence says of each alarm in an exported folder what a stranger can make of it.
//
//	proof      the log's key signed two things that cannot both be true
//	testimony  it did not, or only one of them is here: the exporter's word
//	forged     a note is not signed with the log's key, or proof is claimed and there is none
func checkEvidence(folder, vkey string) error {
	alarms, err := filepath.Glob(filepath.Join(folder, "*", "about.json"))
	if err != nil {
		return err
	}
	sort.Strings(alarms)
	for _, about := range alarms {
		claimed, err := claimedKind(about)
		if err != nil {
			return err
		}
		alarm := filepath.Dir(about)
		verdict := judge(folder, alarm, vkey)
		if verdict == "testimony" && claimed == "proof" {
			verdict = "forged"
		}
		fmt.Printf("%s: %s\n", filepath.Base(alarm), verdict)
	}
	return nil
}

func claimedKind(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	var about struct {
		Kind string `json:"kind"`
	}
	return about.Kind, json.Unmarshal(data, &about)
}

func judge(folder, alarm, vkey string) string {
	other, err := os.ReadFile(filepath.Join(alarm, "other.note"))
	if os.IsNotExist(err) {
		return "testimony"
	}
	theirs, openErr := open(other, vkey)
	if err != nil || openErr != nil {
		return "forged"
	}
	verdict := "testimony"
	for _, path := range []string{filepath.Join(alarm, "ours.note"), filepath.Join(folder, "latest.note")} {
		message, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			continue
		}
		ours, openErr := open(message, vkey)
		if err != nil || openErr != nil {
			return "forged"
		}
		if contradict(folder, ours, theirs) {
			verdict = "proof"
		}
	}
	return verdict
}

// contradict says whether no log can have both checkpoints. Of two sizes the entries decide, but only under a root that
// was signed: what stands beside the notes is else the exporter's own.
func contradict(folder string, one, other checkpoint) bool {
	if one.tree.N == other.tree.N {
		return one.tree.Hash != other.tree.Hash
	}
	smaller, larger := one.tree, other.tree
	if smaller.N > larger.N {
		smaller, larger = larger, smaller
	}
	all, err := entries(filepath.Join(folder, "entries"), larger.N)
	if err != nil {
		return false
	}
	whole, err := rootOf(all, larger.N)
	if err != nil || whole != larger.Hash {
		return false
	}
	beginning, err := rootOf(all, smaller.N)
	return err == nil && beginning != smaller.Hash
}
