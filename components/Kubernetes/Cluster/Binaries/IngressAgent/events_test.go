package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func contents(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entry.Name()+" "+string(text))
	}
	return all
}

func TestEventsOfADayAreInAFileOfTheirOwn(t *testing.T) {
	folder := t.TempDir()
	store := &eventStore{folder: folder}
	evening := time.Date(2026, 11, 26, 23, 59, 59, 0, time.UTC)
	for _, at := range []time.Time{evening, evening.Add(time.Millisecond), evening.Add(time.Second)} {
		if err := store.write([]byte(`{"a":1}`), at); err != nil {
			t.Fatal(err)
		}
	}
	found := strings.Join(contents(t, folder), "|")
	if found != "20261126T235959.000000000Z.jsonl {\"a\":1}\n{\"a\":1}\n|20261127T000000.000000000Z.jsonl {\"a\":1}\n" {
		t.Errorf("the files are %q", found)
	}
}

func TestAnotherAgentBeginsAnotherFile(t *testing.T) {
	folder := t.TempDir()
	now := time.Now()
	for i := 0; i < 2; i++ {
		if err := (&eventStore{folder: folder}).write([]byte("{}"), now.Add(time.Duration(i))); err != nil {
			t.Fatal(err)
		}
	}
	if found := contents(t, folder); len(found) != 2 {
		t.Errorf("the files are %q", found)
	}
}

func TestOldFilesGo(t *testing.T) {
	folder := t.TempDir()
	now := time.Now()
	for name, age := range map[string]time.Duration{"20200101T000000.000000000Z.jsonl": eventsTime + time.Hour, "20200107T000000.000000000Z.jsonl": eventsTime - time.Hour} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("{}\n"), 0o640); err != nil {
			t.Fatal(err)
		}
		os.Chtimes(path, now.Add(-age), now.Add(-age))
	}
	(&eventStore{folder: folder}).tidy(now)
	if found := contents(t, folder); len(found) != 1 || !strings.HasPrefix(found[0], "20200107") {
		t.Errorf("the files are %q", found)
	}
}

func TestAnEventThatCannotBeKeptIsCountedAndTheNextOneIsTriedAgain(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "later")
	store := &eventStore{folder: folder}
	if store.write([]byte("{}"), time.Now()) == nil {
		t.Error("a folder that is not there was written to")
	}
	os.Mkdir(folder, 0o750)
	if err := store.write([]byte("{}"), time.Now()); err != nil {
		t.Error(err)
	}
}

func TestEverythingThatNginxWroteIsReadBeforeTheEnd(t *testing.T) {
	work, kept := t.TempDir(), t.TempDir()
	m := newMetrics()
	l, err := readLogs(work, kept, "node-1", newOutput(io.Discard, m.dropped), m)
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := os.OpenFile(filepath.Join(work, "audit.log"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	const count = 500
	for i := 0; i < count; i++ {
		io.WriteString(pipe, `{"transaction":{"unique_id":"abc","request":{"method":"GET","uri":"/"},"producer":{"components":["service=a team=b\""]}}}`+"\n")
	}
	pipe.Close()
	l.finish()
	if found := contents(t, kept); len(found) != 1 || strings.Count(found[0], "\n") != count {
		t.Errorf("%d files, not one with %d events", len(found), count)
	}
	if m.events.values["kept"] != count {
		t.Errorf("%v events are counted", m.events.values)
	}
}

func TestALineThatIsTooLongIsLeftOutAndTheOthersAreRead(t *testing.T) {
	var read []string
	tooLong := 0
	eachLine(strings.NewReader("one\n"+strings.Repeat("x", longestLine+1)+"\n\ntwo\n"+lastLine+"\n"), func(line []byte) { read = append(read, string(line)) }, func() { tooLong++ })
	if strings.Join(read, ",") != "one,two" || tooLong != 1 {
		t.Errorf("%d lines were read, %d were too long", len(read), tooLong)
	}
}

func TestNobodyWaitsForWhoReadsTheLog(t *testing.T) {
	nobody, stuck := io.Pipe()
	defer nobody.Close()
	m := newMetrics()
	o := newOutput(stuck, m.dropped)
	// More than the queue and the buffer before it hold.
	for i := 0; i < 2*queuedLines; i++ {
		o.write([]byte(strings.Repeat("x", 100)))
	}
	if m.dropped.values[""] == 0 {
		t.Error("nothing was left out")
	}
}

func TestWhatIsInTheQueueIsWrittenAtTheEnd(t *testing.T) {
	reader, writer := io.Pipe()
	text := make(chan string)
	go func() {
		all, _ := io.ReadAll(reader)
		text <- string(all)
	}()
	o := newOutput(writer, newMetrics().dropped)
	o.write([]byte("one"))
	o.write([]byte("two"))
	o.finish()
	writer.Close()
	if found := <-text; found != "one\ntwo\n" {
		t.Errorf("%q was written", found)
	}
}
