package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// anyHost stands for every name that no route has.
const anyHost = "*"

// What stands in the frame: for the folder of a generation, for the highest paranoia level that a route needs, and for the seconds that requests
// are given to end when another generation takes over.
const (
	generationToken = "@GENERATION@"
	levelToken      = "@LEVEL@"
	patienceToken   = "@PATIENCE@"
)

// leastPatience is what requests are given, in seconds, when no route allows longer ones: what a route has when its service says nothing.
const leastPatience = 30

// frame is the part of the configuration that is the same for all routes: nginx' own, and that of the firewall's engine.
type frame struct{ nginx, engine string }

// writeGeneration writes the complete configuration for these versions into a folder that does not exist yet.
func writeGeneration(folder string, frame frame, number string, routes map[string]*version) error {
	level, patience := 1, leastPatience
	for _, route := range routes {
		level, patience = larger(level, route.Level), larger(patience, route.Seconds)
	}
	files := map[string]string{
		"nginx.conf":   strings.NewReplacer(generationToken, folder, patienceToken, strconv.Itoa(patience)).Replace(frame.nginx),
		"engine.conf":  strings.ReplaceAll(frame.engine, levelToken, strconv.Itoa(level)),
		"local.conf":   fmt.Sprintf("location = /generation { return 200 %q; }\n", number),
		"http.conf":    "",
		"servers.conf": "",
	}
	for _, service := range sortedKeys(routes) {
		route := routes[service]
		home := filepath.Join(folder, "routes", service)
		for _, name := range sortedKeys(route.files) {
			files[filepath.Join("routes", service, name)] = strings.ReplaceAll(route.files[name], folderToken, home)
		}
		if route.files[httpFile] != "" {
			files["http.conf"] += fmt.Sprintf("include %s/%s;\n", home, httpFile)
		}
		if route.certificate != "" {
			files[filepath.Join("routes", service, "tls.crt")] = route.certificate
			files[filepath.Join("routes", service, "tls.key")] = route.key
		}
	}
	files["servers.conf"] = servers(folder, routes)
	for _, name := range sortedKeys(files) {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(files[name]), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func larger(left, right int) int {
	if left > right {
		return left
	}
	return right
}

// servers renders a server for each host, and the one for all other names.
func servers(folder string, routes map[string]*version) string {
	hosts := map[string][]*version{anyHost: nil}
	for _, service := range sortedKeys(routes) {
		route := routes[service]
		if len(route.Hosts) == 0 {
			hosts[anyHost] = append(hosts[anyHost], route)
		}
		for _, host := range route.Hosts {
			hosts[host] = append(hosts[host], route)
		}
	}
	var text strings.Builder
	for _, host := range sortedKeys(hosts) {
		text.WriteString("server {\n")
		if host == anyHost {
			text.WriteString("    include /etc/ingress/default-server.conf;\n")
		} else {
			fmt.Fprintf(&text, "    server_name %s;\n    include /etc/ingress/server.conf;\n", host)
			for _, route := range hosts[host] {
				if route.Secret == "" {
					continue
				}
				home := "/etc/ingress-tls"
				if route.certificate != "" {
					home = filepath.Join(folder, "routes", route.Service)
				}
				fmt.Fprintf(&text, "    include /etc/ingress/tls-server.conf;\n    ssl_certificate %s/tls.crt;\n    ssl_certificate_key %s/tls.key;\n", home, home)
				break // routes of one host have certificates that are all valid for it
			}
		}
		whole := false
		for _, route := range hosts[host] {
			fmt.Fprintf(&text, "    include %s/routes/%s/%s;\n", folder, route.Service, locationsFile)
			whole = whole || contains(route.Paths, "/")
		}
		if !whole {
			text.WriteString("    include /etc/ingress/nobody.conf;\n")
		}
		text.WriteString("}\n")
	}
	return text.String()
}
