package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// What a node keeps of the firewall's events for those who collect them: as long as a store may be away, and not more than a node can spare.
const (
	eventFileSize = 16 << 20
	eventsSize    = 1 << 30
	eventsTime    = 7 * 24 * time.Hour
	eventSuffix   = ".jsonl"
)

// eventStore writes events to files of the node's disk, which outlive the pod, each line at once. A file is called after the moment at which it was begun, so that
// no two ever have the same name and whoever has read the beginning of one need only ask for the rest.
type eventStore struct {
	folder string
	file   *os.File
	day    string
	size   int64
}

func (s *eventStore) write(line []byte, now time.Time) error {
	now = now.UTC()
	if day := now.Format("20060102"); s.file == nil || s.size >= eventFileSize || s.day != day {
		if err := s.begin(now); err != nil {
			return err
		}
		s.day = day
	}
	written, err := s.file.Write(append(line, '\n'))
	s.size += int64(written)
	if err != nil {
		// What is left of the line is the end of its file.
		s.file.Close()
		s.file = nil
	}
	return err
}

func (s *eventStore) begin(now time.Time) error {
	if s.file != nil {
		s.file.Close()
		s.file = nil
	}
	s.tidy(now)
	file, err := os.OpenFile(filepath.Join(s.folder, now.Format("20060102T150405.000000000Z")+eventSuffix), os.O_WRONLY|os.O_CREATE|os.O_APPEND|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	s.file, s.size = file, 0
	return nil
}

// tidy removes what is too old, and of what is too much the oldest.
func (s *eventStore) tidy(now time.Time) {
	entries, _ := os.ReadDir(s.folder)
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() > entries[j].Name() })
	var sum int64
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !strings.HasSuffix(entry.Name(), eventSuffix) {
			continue
		}
		sum += info.Size()
		if sum > eventsSize || now.Sub(info.ModTime()) > eventsTime {
			if err := os.Remove(filepath.Join(s.folder, entry.Name())); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
	}
}
