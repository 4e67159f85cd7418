package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

type found struct{}

func (found) target(namespace, service string, port int) (string, error) { return "10.0.0.7:80", nil }
func (found) secret(name string) (string, string, error)                 { return "", "", nil }

func example(t *testing.T, name, json string) *version {
	v, err := read(&corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Data:       map[string]string{descriptionFile: json, locationsFile: "location / { include @ROUTE@/location.conf; }", httpFile: "upstream a { server @TARGET@; }"},
	}, found{}, false)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestGeneration(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "1")
	routes := map[string]*version{
		"a": example(t, "a-1", `{"service":"a","namespace":"a","hosts":["a.test"],"paths":["/"],"target":"a","port":80}`),
		"b": example(t, "b-1", `{"service":"b","namespace":"b","hosts":["a.test"],"paths":["/b"],"target":"b","port":80,"level":3,"seconds":120}`),
		"c": example(t, "c-1", `{"service":"c","namespace":"c","paths":["/c"],"target":"c","port":80}`),
	}
	if err := writeGeneration(folder, frame{nginx: "worker_shutdown_timeout @PATIENCE@s; include @GENERATION@/http.conf;", engine: "Include crs-@LEVEL@.conf"}, "7", routes); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"nginx.conf":                "worker_shutdown_timeout 120s; include FOLDER/http.conf;",
		"engine.conf":               "Include crs-3.conf",
		"local.conf":                `return 200 "7"`,
		"http.conf":                 "include FOLDER/routes/b/http.conf;",
		"routes/a/locations.conf":   "include FOLDER/routes/a/location.conf;",
		"routes/a/http.conf":        "server 10.0.0.7:80;",
		"servers.conf":              "server {\n    include /etc/ingress/default-server.conf;\n    include FOLDER/routes/c/locations.conf;\n    include /etc/ingress/nobody.conf;\n}\nserver {\n    server_name a.test;\n    include /etc/ingress/server.conf;\n    include FOLDER/routes/a/locations.conf;\n    include FOLDER/routes/b/locations.conf;\n}\n",
	} {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil || !strings.Contains(string(text), strings.ReplaceAll(want, "FOLDER", folder)) {
			t.Errorf("%s is %q (%v), without %q", file, text, err, want)
		}
	}
}

func TestRequestsAreNeverGivenLessThanWhatEveryRouteHas(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "1")
	routes := map[string]*version{"a": example(t, "a-1", `{"service":"a","namespace":"a","paths":["/"],"target":"a","port":80,"seconds":5}`)}
	if err := writeGeneration(folder, frame{nginx: "@PATIENCE@"}, "1", routes); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(filepath.Join(folder, "nginx.conf")); string(text) != "30" {
		t.Errorf("requests are given %s s", text)
	}
}

func TestTwoServicesAtOneAddress(t *testing.T) {
	others := map[string]*version{"a": example(t, "a-1", `{"service":"a","namespace":"a","hosts":["a.test"],"paths":["/x","/y"],"target":"a","port":80}`)}
	b := example(t, "b-1", `{"service":"b","namespace":"b","hosts":["b.test","a.test"],"paths":["/y"],"target":"b","port":80}`)
	if err := b.conflict(others); err == nil || err.Error() != "a.test/y is the address of the service 'a' already" {
		t.Errorf("the conflict is told as %v", err)
	}
	b.Paths = []string{"/z"}
	if err := b.conflict(others); err != nil {
		t.Errorf("another path is refused: %v", err)
	}
}

func TestAnotherTargetIsAnotherVersion(t *testing.T) {
	a := example(t, "a-1", `{"service":"a","namespace":"a","paths":["/"],"target":"a","port":80}`)
	if b := example(t, "a-2", `{"service":"a","namespace":"a","paths":["/"],"target":"a","port":81}`); a.sum == b.sum {
		t.Error("both have the same sum")
	}
}

func TestAuditEvent(t *testing.T) {
	line := auditEvent([]byte(`{"transaction":{"client_ip":"10.1.1.9","time_stamp":"Thu Nov 26 18:01:04 2026","unique_id":"abc","request":{"method":"GET","uri":"/?x=1%20or%201=1","headers":{"Host":"a.test"}},"response":{"http_code":403},"producer":{"components":["service=a team=taxes\"","OWASP_CRS/3.3.4"]},"messages":[{"message":"SQL Injection","details":{"ruleId":"942100","severity":"2","match":"secret","data":"secret","tags":["attack-sqli"]}}]}}`))
	want := `{"kind":"waf","service":"a","team":"taxes","request":"abc","client":"10.1.1.9","method":"GET","path":"/","status":403,"rules":[{"id":"942100","message":"SQL Injection","severity":"2","tags":["attack-sqli"]}]`
	if line == nil || !strings.HasPrefix(line.text(), want) {
		t.Errorf("the event is %v, not %s", line, want)
	}
}
