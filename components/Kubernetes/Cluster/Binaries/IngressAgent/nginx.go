package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Limits of what nginx is given time for: reading the rules takes half a second on an idle core, and several on a busy one.
const (
	testLimit   = 30 * time.Second
	reloadLimit = 30 * time.Second
	// The one that serves, and the ones that requests may still be answered with.
	generationsKept = 3
)

// nginx is the process that serves, and the folder with its generations of configuration.
type nginx struct {
	work   string
	frame  frame
	status string // address of the local server
	process     *exec.Cmd
	ended       chan error
	next        int
	testing     sync.Mutex // one test at a time: each needs a core and 100 MiB
}

func (n *nginx) folder(number int) string { return filepath.Join(n.work, "generations", strconv.Itoa(number)) }

// stage writes a generation and has nginx test it. The folder of one that is not right is removed.
func (n *nginx) stage(routes map[string]*version) (int, error) {
	n.testing.Lock()
	defer n.testing.Unlock()
	n.next++
	number := n.next
	folder := n.folder(number)
	if err := writeGeneration(folder, n.frame, strconv.Itoa(number), routes); err != nil {
		os.RemoveAll(folder)
		return 0, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), testLimit)
	defer cancel()
	output, err := exec.CommandContext(ctx, "nginx", "-t", "-q", "-c", filepath.Join(folder, "nginx.conf")).CombinedOutput()
	if err != nil {
		os.RemoveAll(folder)
		return 0, &refusal{message: message(output, err, folder)}
	}
	return number, nil
}

// refusal is nginx' word that a configuration is not right.
type refusal struct{ message string }

func (r *refusal) Error() string { return r.message }

// preamble is what nginx puts before its words: a time and a process, or its name.
var preamble = regexp.MustCompile(`^.*?\[emerg\] (\d+#\d+: )?`)

// message takes what matters out of nginx' output: without time, process and folder.
func message(output []byte, err error, folder string) string {
	var lines []string
	for _, line := range strings.Split(string(bytes.TrimSpace(output)), "\n") {
		if !strings.Contains(line, "[emerg]") {
			continue
		}
		lines = append(lines, strings.ReplaceAll(preamble.ReplaceAllString(line, ""), folder+"/", ""))
	}
	if len(lines) == 0 {
		return fmt.Sprintf("nginx -t: %v", err)
	}
	return "nginx -t: " + strings.Join(lines, "; ")
}

// activate makes a generation the one that serves, and waits until it does.
func (n *nginx) activate(number int) error {
	link := filepath.Join(n.work, "current")
	os.Remove(link + ".new")
	if err := os.Symlink(n.folder(number), link+".new"); err != nil {
		return err
	}
	if err := os.Rename(link+".new", link); err != nil {
		return err
	}
	if n.process == nil {
		if err := n.start(link); err != nil {
			return err
		}
	} else if err := n.process.Process.Signal(syscall.SIGHUP); err != nil {
		return err
	}
	for deadline := time.Now().Add(reloadLimit); ; time.Sleep(20 * time.Millisecond) {
		if answer, err := n.ask("/generation"); err == nil && answer == strconv.Itoa(number) {
			break
		} else if time.Now().After(deadline) {
			return fmt.Errorf("nginx does not serve generation %d (%s) after %s: %v", number, answer, reloadLimit, err)
		}
		select {
		case err := <-n.ended:
			return fmt.Errorf("nginx ended: %v", err)
		default:
		}
	}
	n.tidy(number)
	return nil
}

func (n *nginx) start(link string) error {
	process := exec.Command("nginx", "-c", filepath.Join(link, "nginx.conf"), "-g", "daemon off;")
	process.Stdout, process.Stderr = os.Stdout, os.Stderr
	if err := process.Start(); err != nil {
		return err
	}
	n.process, n.ended = process, make(chan error, 1)
	go func() { n.ended <- process.Wait() }()
	return nil
}

func (n *nginx) tidy(number int) {
	n.testing.Lock()
	defer n.testing.Unlock()
	entries, _ := os.ReadDir(filepath.Join(n.work, "generations"))
	for _, entry := range entries {
		if old, err := strconv.Atoi(entry.Name()); err == nil && old <= number-generationsKept {
			os.RemoveAll(n.folder(old))
		}
	}
}

// ask gets a page of the local server, over a connection of its own: one that is kept could lead to a process that is about to end.
func (n *nginx) ask(path string) (string, error) {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get("http://" + n.status + path)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return string(text), err
}

// stop lets nginx finish what it is answering.
func (n *nginx) stop(limit time.Duration) {
	if n.process == nil {
		return
	}
	n.process.Process.Signal(syscall.SIGQUIT)
	select {
	case <-n.ended:
	case <-time.After(limit):
		n.process.Process.Signal(syscall.SIGTERM)
		<-n.ended
	}
}

// discard removes a generation that was only tested.
func (n *nginx) discard(number int) { os.RemoveAll(n.folder(number)) }
