using System.Security.Cryptography;
using System.Text;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.Registry;

/// <summary>
/// Renders what a registry gets on its node: Docker's registry, which listens to its own machine only, and nginx as the door in front of it, with TLS.
/// Whoever comes from a client network may fetch; putting takes the password, which the registry alone could not tell apart.
/// </summary>
public static class RegistryRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "registry";

    /// <summary>Who may put images there.</summary>
    public const string User = "deploy";

    /// <summary>Where the registry itself listens, on the loopback device.</summary>
    public const int InnerPort = 5001;

    /// <summary>Where images lie.</summary>
    public const string Storage = "/var/lib/docker-registry";

    internal const string Configuration = "/etc/docker/registry/config.yml";
    internal const string Door = "/etc/nginx/nginx.conf";
    internal const string Users = "/etc/appstack/registry/users";
    internal const string PrivateKey = "/etc/appstack/registry/tls/server.key";
    internal const string Certificate = "/etc/appstack/registry/tls/server.crt";

    private const string RegistryUnit = "docker-registry.service";
    private const string DoorUnit = "nginx.service";

    // nginx reads certificate and key when it checks, which are not in their places yet then.
    private const string DoorCheck =
        $"file=$(mktemp) && sed 's|{Certificate};|{{{Certificate}}};|; s|{PrivateKey};|{{{PrivateKey}}};|' {{{Door}}} >$file && nginx -t -q -c $file && rm -f $file";

    private static readonly TimeSpan GateTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The bundle of a registry.</summary>
    /// <param name="spec">The registry; must be valid.</param>
    /// <param name="identity">Its certificate and password.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(RegistrySpec spec, RegistryIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(identity);
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new("docker-registry"), new("nginx"), new("curl")],
            Directories =
            [
                new("/etc/appstack/registry", "0750", "root:www-data"),
                new("/etc/appstack/registry/tls", "0700"),
            ],
            Files =
            [
                new() { Path = Configuration, Content = RenderRegistry(), Group = "registry" },
                new() { Path = Door, Content = RenderDoor(spec), Group = "door" },
                new() { Path = Certificate, Content = identity.Certificate, Group = "door" },
                new() { Path = PrivateKey, Content = identity.PrivateKey, Group = "door", Mode = "0600", Secret = true },
                new() { Path = Users, Content = RenderUsers(identity.Password), Group = "door", Mode = "0640", Owner = "root:www-data", Secret = true },
            ],
            FileGroups =
            [
                new() { Name = "registry", Activation = BundleActivation.Restart(RegistryUnit) },
                new() { Name = "door", Check = DoorCheck, Activation = BundleActivation.Reload(DoorUnit) },
            ],
            Units = [new(RegistryUnit), new(DoorUnit)],
            HealthGate = new(
                $"curl --silent --fail --output /dev/null --retry 50 --retry-delay 0 --retry-connrefused --retry-max-time {GateTimeout.TotalSeconds:0} http://127.0.0.1:{InnerPort}/v2/",
                GateTimeout + TimeSpan.FromSeconds(5)),
        };
        return FirewallRenderer.AddTo(Firewall(spec), bundle);
    }

    /// <summary>The firewall of a registry.</summary>
    /// <param name="spec">The registry.</param>
    /// <returns>What may come in: SSH, and its clients.</returns>
    public static FirewallSpec Firewall(RegistrySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new() { Role = Role, Access = spec.Access, Rules = [new() { Purpose = "images", Protocol = "tcp", Ports = [spec.Port], Sources = spec.ClientNetworks }] };
    }

    private static string RenderRegistry() => $"""
        # Docker's registry, written by AppStack: changes are overwritten.
        version: 0.1
        log:
          level: warn
          accesslog:
            disabled: true
        storage:
          filesystem:
            rootdirectory: {Storage}
          delete:
            enabled: true
        http:
          addr: 127.0.0.1:{InnerPort}
          headers:
            X-Content-Type-Options: [nosniff]

        """;

    private static string RenderDoor(RegistrySpec spec) => $$"""
        # The door of the registry {{spec.Name}}, written by AppStack: changes are overwritten.
        user www-data;
        worker_processes auto;
        pid /run/nginx.pid;
        error_log /var/log/nginx/error.log warn;

        events {
            worker_connections 1024;
        }

        http {
            access_log /var/log/nginx/access.log;
            server_tokens off;

            server {
                listen {{spec.Authority}} ssl http2;
                ssl_certificate {{Certificate}};
                ssl_certificate_key {{PrivateKey}};
                ssl_protocols TLSv1.2 TLSv1.3;
                ssl_session_cache shared:tls:1m;

                # Layers are as large as they are, and pass through without being stored on the way.
                client_max_body_size 0;
                proxy_request_buffering off;
                proxy_buffering off;
                proxy_http_version 1.1;
                proxy_read_timeout 300s;

                location /v2/ {
                    limit_except GET HEAD {
                        auth_basic "images";
                        auth_basic_user_file {{Users}};
                    }

                    proxy_pass http://127.0.0.1:{{InnerPort}};
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-Proto https;
                    # The password is this door's business.
                    proxy_set_header Authorization "";
                }
            }
        }

        """;

    // The scheme of RFC 2307, which nginx reads. The password is random and long, so that a slow hash would guard nothing; the salt follows from it, so
    // that the same password gives the same file.
    private static string RenderUsers(string password)
    {
        var secret = Encoding.UTF8.GetBytes(password);
        var salt = SHA256.HashData(secret)[..8];
        var hash = Sha1([.. secret, .. salt]);
        return $"{User}:{{SSHA}}{Convert.ToBase64String([.. hash, .. salt])}\n";
    }

#pragma warning disable CA5350 // nginx knows no better salted scheme than this and crypt's; see above for why it suffices.
    private static byte[] Sha1(byte[] data) => SHA1.HashData(data);
#pragma warning restore CA5350
}
