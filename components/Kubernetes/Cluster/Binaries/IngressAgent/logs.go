package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// The longest line that is read; ModSecurity's events hold every message of a request, but not what it matched (crs.pl).
const longestLine = 1 << 20

// queuedLines is how many lines wait for whoever reads the container's log: two seconds of a busy node, some 2 MiB.
const queuedLines = 1 << 13

// lastLine is what the agent itself writes into a pipe when nginx has ended: whoever reads it has read everything before.
const lastLine = "\x04"

// lastLineLimit is how long the readers have for what is in the pipes, 64 KiB each.
const lastLineLimit = 5 * time.Second

// logs are the pipes into which nginx writes, and those who read them.
type logs struct {
	pipes   []*os.File
	readers sync.WaitGroup
	out     *output
}

// readLogs begins to read what nginx writes.
func readLogs(work, kept, node string, out *output, m *metrics) (*logs, error) {
	l := &logs{out: out}
	store := &eventStore{folder: kept}
	for _, reader := range []struct {
		pipe string
		read func(io.Reader)
	}{
		{"access.log", func(pipe io.Reader) { readRequests(pipe, l.out, m) }},
		{"audit.log", func(pipe io.Reader) { readEvents(pipe, l.out, store, m, node) }},
	} {
		pipe, err := openPipe(filepath.Join(work, reader.pipe))
		if err != nil {
			return nil, err
		}
		l.pipes = append(l.pipes, pipe)
		l.readers.Add(1)
		go func(read func(io.Reader)) {
			defer l.readers.Done()
			read(pipe)
		}(reader.read)
	}
	return l, nil
}

// finish waits until everything that nginx wrote before it ended has gone its way.
func (l *logs) finish() {
	for _, pipe := range l.pipes {
		pipe.WriteString("\n" + lastLine + "\n")
	}
	done := make(chan struct{})
	go func() {
		l.readers.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(lastLineLimit):
		log.Printf("nginx' last lines were not read within %s", lastLineLimit)
	}
	l.out.finish()
}

// openPipe makes a named pipe and opens it for both directions, so that nginx' processes may come and go.
func openPipe(path string) (*os.File, error) {
	if err := syscall.Mkfifo(path, 0o600); err != nil && err != syscall.EEXIST {
		return nil, err
	}
	return os.OpenFile(path, os.O_RDWR, 0)
}

// output is the container's log, shared by all that write lines. Nobody waits for it: containerd reads it, and while containerd is restarted nginx
// would soon stand still, on all nodes that have the same change. What does not fit into the queue is left out of this log, and counted.
type output struct {
	lines    chan []byte
	stop     chan struct{}
	finished chan struct{}
	dropped  *counter
}

func newOutput(to io.Writer, dropped *counter) *output {
	o := &output{lines: make(chan []byte, queuedLines), stop: make(chan struct{}), finished: make(chan struct{}), dropped: dropped}
	go o.run(bufio.NewWriterSize(to, 1<<16))
	return o
}

func (o *output) write(line []byte) {
	select {
	case o.lines <- append(append(make([]byte, 0, len(line)+1), line...), '\n'):
	default:
		o.dropped.inc()
	}
}

// run writes. It flushes often, because people follow the log.
func (o *output) run(to *bufio.Writer) {
	defer close(o.finished)
	flush := time.NewTicker(100 * time.Millisecond)
	defer flush.Stop()
	for {
		select {
		case line := <-o.lines:
			to.Write(line)
		case <-flush.C:
			to.Flush()
		case <-o.stop:
			for len(o.lines) > 0 {
				to.Write(<-o.lines)
			}
			to.Flush()
			return
		}
	}
}

// finish writes what waits, if anybody reads it.
func (o *output) finish() {
	close(o.stop)
	select {
	case <-o.finished:
	case <-time.After(lastLineLimit):
	}
}

// eachLine reads lines until the last one. One that is too long is left out: whoever sends such requests must not end the ingress.
func eachLine(from io.Reader, do func([]byte), tooLong func()) {
	lines := bufio.NewReaderSize(from, longestLine)
	for {
		line, err := lines.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			tooLong()
			for err == bufio.ErrBufferFull {
				_, err = lines.ReadSlice('\n')
			}
			line = nil
		}
		if err != nil {
			log.Fatalf("reading nginx' log: %v", err) // nginx would soon stand still
		}
		line = bytes.TrimSuffix(line, []byte{'\n'})
		if string(line) == lastLine {
			return
		}
		if len(line) > 0 {
			do(line)
		}
	}
}

// readRequests counts the requests and passes their lines on.
func readRequests(from io.Reader, to *output, m *metrics) {
	eachLine(from, func(line []byte) {
		service, status := field(line, "service"), field(line, "status")
		seconds, err := strconv.ParseFloat(string(field(line, "seconds")), 64)
		if err == nil {
			m.request(string(service), string(status), seconds)
		}
		to.write(line)
	}, func() { m.dropped.inc() })
}

// field takes a value out of a line that our own log format has made; reading all of it would cost more than nginx needs to write it.
func field(line []byte, name string) []byte {
	_, rest, found := bytes.Cut(line, []byte(`"`+name+`":`))
	if !found {
		return nil
	}
	if len(rest) > 0 && rest[0] == '"' {
		value, _, _ := bytes.Cut(rest[1:], []byte{'"'})
		return value
	}
	if end := bytes.IndexAny(rest, ",}"); end >= 0 {
		return rest[:end]
	}
	return nil
}

// event is what is told of a request that the firewall had something to say about. What rules matched is left out: it is the citizen's.
type event struct {
	Kind    string `json:"kind"`
	Service string `json:"service"`
	Team    string `json:"team"`
	Request string `json:"request"`
	Client  string `json:"client"`
	Method  string `json:"method"`
	Path    string `json:"path"`
	Status  int    `json:"status"`
	Rules   []rule `json:"rules"`
	Time    string `json:"time"`
	Node    string `json:"node,omitempty"`
}

type rule struct {
	ID       string   `json:"id"`
	Message  string   `json:"message"`
	Severity string   `json:"severity"`
	Tags     []string `json:"tags"`
}

func (e *event) text() string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.Encode(e)
	return strings.TrimSpace(text.String())
}

// signature is what a service's rules say of it (SecLangCompiler). The engine (3.0.9) leaves the quotation marks in.
var signature = regexp.MustCompile(`^"?service=(\S+) team=([^\s"]+)"?$`)

// auditEvent makes an event of what ModSecurity wrote; nil when it is not one.
func auditEvent(line []byte) *event {
	var audit struct {
		Transaction struct {
			Client   string `json:"client_ip"`
			Time     string `json:"time_stamp"`
			ID       string `json:"unique_id"`
			Request  struct{ Method, URI string }
			Response struct {
				Status int `json:"http_code"`
			}
			Producer struct{ Components []string }
			Messages []struct {
				Message string
				Details struct {
					RuleID   string `json:"ruleId"`
					Severity string
					Tags     []string
				}
			}
		}
	}
	if json.Unmarshal(line, &audit) != nil || audit.Transaction.ID == "" {
		return nil
	}
	t := audit.Transaction
	made := &event{Kind: "waf", Request: t.ID, Client: t.Client, Method: t.Request.Method, Status: t.Response.Status, Rules: []rule{}}
	made.Path = t.Request.URI
	if parsed, err := url.ParseRequestURI(t.Request.URI); err == nil {
		made.Path = parsed.Path
	}
	if parsed, err := time.Parse(time.ANSIC, t.Time); err == nil {
		made.Time = parsed.UTC().Format(time.RFC3339)
	}
	for _, component := range t.Producer.Components {
		if parts := signature.FindStringSubmatch(component); parts != nil {
			made.Service, made.Team = parts[1], parts[2]
		}
	}
	for _, m := range t.Messages {
		tags := m.Details.Tags
		if tags == nil {
			tags = []string{}
		}
		made.Rules = append(made.Rules, rule{ID: m.Details.RuleID, Message: m.Message, Severity: m.Details.Severity, Tags: tags})
	}
	return made
}

// readEvents counts the events, keeps them, and passes them on.
func readEvents(from io.Reader, to *output, kept *eventStore, m *metrics, node string) {
	eachLine(from, func(line []byte) {
		made := auditEvent(line)
		if made == nil {
			log.Printf("no audit event: %.200s", line)
			return
		}
		made.Node = node
		for _, rule := range made.Rules {
			m.rules.inc(made.Service, rule.ID)
		}
		text := []byte(made.text())
		if kept.folder != "" {
			result := "kept"
			if err := kept.write(text, time.Now()); err != nil {
				log.Printf("an event of the firewall is in this log only: %v", err)
				result = "lost"
			}
			m.events.inc(result)
		}
		to.write(text)
	}, func() {
		log.Printf("an event of the firewall is longer than %d bytes and was left out", longestLine)
		m.events.inc("lost")
	})
}
