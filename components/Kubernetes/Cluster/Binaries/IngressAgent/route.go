package main

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// What a route's ConfigMap has; the deployment writes the same words (NginxRouteRenderer).
const (
	kindLabel      = "ingress.appstack.dev/kind"
	routeKind      = "route"
	tlsKind        = "tls"
	liveAnnotation = "ingress.appstack.dev/live"
	nodeAnnotation = "ingress.appstack.dev/node-"

	descriptionFile = "route.json"
	httpFile        = "http.conf"
	locationsFile   = "locations.conf"

	folderToken = "@ROUTE@"
	targetToken = "@TARGET@"
)

// nowhere refuses every connection: where a service that does not exist yet would be.
const nowhere = "127.0.0.1:9"

// description is route.json: what the agent must know about a route.
type description struct {
	Service   string   `json:"service"`
	Namespace string   `json:"namespace"`
	Hosts     []string `json:"hosts"`
	Paths     []string `json:"paths"`
	Secret    string   `json:"secret,omitempty"`
	Target    string   `json:"target"`
	Port      int      `json:"port"`
	Level     int      `json:"level"`   // paranoia level up to which rules are needed
	Seconds   int      `json:"seconds"` // how long an answer may take
}

// version is one version of a service's route, with everything it needs, ready to be written into a generation.
type version struct {
	description
	name        string // of the ConfigMap
	files       map[string]string
	certificate string // PEM, with the key in key; empty without TLS
	key         string
	sum         string // of all of that
}

// lookup finds what a route refers to.
type lookup interface {
	target(namespace, service string, port int) (string, error)
	secret(name string) (certificate, key string, err error)
}

// read makes a version of a ConfigMap. A lenient reading, for routes that are about to be made, does without what may come later: service and certificate.
func read(object *corev1.ConfigMap, find lookup, lenient bool) (*version, error) {
	v := &version{name: object.Name, files: map[string]string{}}
	if err := json.Unmarshal([]byte(object.Data[descriptionFile]), &v.description); err != nil {
		return nil, fmt.Errorf("%s: %v", descriptionFile, err)
	}
	if v.Service == "" || len(v.Paths) == 0 || object.Data[locationsFile] == "" {
		return nil, fmt.Errorf("%s or %s says nothing", descriptionFile, locationsFile)
	}
	target, err := find.target(v.Namespace, v.Target, v.Port)
	if err != nil && !lenient {
		return nil, err
	}
	if err != nil {
		target = nowhere
	}
	if v.Secret != "" {
		v.certificate, v.key, err = find.secret(v.Secret)
		if err == nil {
			err = fits(v.certificate, v.key, v.Hosts)
		}
		if err != nil && !lenient {
			return nil, err
		}
		if err != nil {
			v.certificate, v.key = "", "" // of the ingress itself, until it is there
		}
	}
	sum := sha256.New()
	for _, name := range sortedKeys(object.Data) {
		text := object.Data[name]
		if name != descriptionFile {
			text = strings.ReplaceAll(text, targetToken, target)
			v.files[name] = text
		}
		fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
	}
	fmt.Fprintf(sum, "%s%s", v.certificate, v.key)
	v.sum = hex.EncodeToString(sum.Sum(nil))
	return v, nil
}

// fits says why a certificate is of no use for these hosts.
func fits(certificate, key string, hosts []string) error {
	pair, err := tls.X509KeyPair([]byte(certificate), []byte(key))
	if err != nil {
		return fmt.Errorf("the certificate: %v", err)
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		return fmt.Errorf("the certificate: %v", err)
	}
	for _, host := range hosts {
		if err := leaf.VerifyHostname(host); err != nil {
			return fmt.Errorf("the certificate does not match: %v", err)
		}
	}
	return nil
}

// claims are the addresses that a route wants for itself alone.
func (v *version) claims() []string {
	hosts := v.Hosts
	if len(hosts) == 0 {
		hosts = []string{anyHost}
	}
	var all []string
	for _, host := range hosts {
		for _, path := range v.Paths {
			all = append(all, host+path)
		}
	}
	return all
}

// conflict says which other service has one of the route's addresses, or serves the same host with another certificate.
func (v *version) conflict(others map[string]*version) error {
	mine := map[string]bool{}
	for _, claim := range v.claims() {
		mine[claim] = true
	}
	for _, service := range sortedKeys(others) {
		other := others[service]
		if service == v.Service {
			continue
		}
		for _, claim := range other.claims() {
			if mine[claim] {
				return fmt.Errorf("%s is the address of the service '%s' already", claim, service)
			}
		}
		for _, host := range v.Hosts {
			if contains(other.Hosts, host) && (v.Secret == "") != (other.Secret == "") {
				return fmt.Errorf("the host %s is served with TLS for one service and without for another ('%s', '%s')", host, v.Service, service)
			}
		}
	}
	return nil
}

func contains(list []string, text string) bool {
	for _, found := range list {
		if found == text {
			return true
		}
	}
	return false
}

func sortedKeys[V any](all map[string]V) []string {
	keys := make([]string, 0, len(all))
	for key := range all {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
