using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AppStack.Operations.Verification;

/// <summary>
/// The services' routes: what control planes say of them, and whether a client is answered under each host, by a certificate that is valid for it. What the descriptor
/// does not know, because services have stacks of their own, the cluster tells.
/// </summary>
internal static class ServiceRoutes
{
    private const string AuthorityEnd = "APPSTACK_AUTHORITY_END";

    /// <summary>The routes with TLS that a control plane told.</summary>
    public static IEnumerable<ServiceRoute> Of(NodeExpectation node, ProbeOutput probe)
    {
        if (node.Kubernetes is not { Doors.Count: > 0 } cluster)
        {
            yield break;
        }

        var lines = probe[ProbeScript.Kubernetes].Text.Split('\n');
        var authority = lines.Select(line => line.Split(' ')).FirstOrDefault(words => words is ["authority", _])?[1] ?? "";
        foreach (var route in lines.Select(Read).OfType<JsonElement>().Where(route => route.TryGetProperty("secret", out _)))
        {
            foreach (var host in route.GetProperty("hosts").EnumerateArray())
            {
                foreach (var door in cluster.Doors)
                {
                    yield return new(Name(route), host.GetString()!, route.GetProperty("paths")[0].GetString()!, door, authority);
                }
            }
        }
    }

    /// <summary>Whether every node of the ingress serves the routes that there are: a check for each.</summary>
    public static IEnumerable<VerifyCheck> Held(NodeExpectation node, IEnumerable<string> lines) =>
        from line in lines
        let route = Read(line)
        where route is not null
        let words = line.Split(' ')
        let name = Name(route.Value)
        select (words[2] == "live=yes"
            ? VerifyCheck.Pass("route", node, $"{name}: every node of the ingress serves it")
            : VerifyCheck.Fail("route", node, $"{name}: not every node of the ingress serves it; appstack-kubernetes kubectl -n ingress get configmap {words[1]} -o yaml says why")) with { About = $"route/{name}" };

    /// <summary>The script with which a client asks for all of them.</summary>
    public static string Script(IReadOnlyList<ServiceRoute> routes)
    {
        var script = new StringBuilder("cd /\nauthorities=$(mktemp)\ntrap 'rm -f \"$authorities\"' EXIT\ncat /etc/ssl/certs/ca-certificates.crt >\"$authorities\" 2>/dev/null\n");
        foreach (var authority in routes.Select(route => route.Authority).Where(authority => authority.Length > 0).Distinct(StringComparer.Ordinal))
        {
            script.Append($"base64 -d >>\"$authorities\" <<'{AuthorityEnd}'\n{authority}\n{AuthorityEnd}\n");
        }

        script.Append("section() { printf '@@section %s\\n' \"$1\"; shift; \"$@\" 2>&1 </dev/null; printf '\\n@@exit %s\\n' \"$?\"; }\n");
        foreach (var (index, route) in routes.Index())
        {
            var address = route.Door.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{route.Door.Address}]" : route.Door.Address.ToString();
            script.Append($"section {index} curl --silent --show-error --globoff --connect-timeout 2 --max-time 5 --cacert \"$authorities\" --resolve '{route.Host}:{route.Door.Port}:{address}' --output /dev/null --write-out '%{{http_code}}' '{route.Url}'\n");
        }

        return script.ToString();
    }

    /// <summary>Judges what the client was answered. What a service says to its first path is its own matter, unless it says that it cannot.</summary>
    public static IEnumerable<VerifyCheck> Answers(NodeExpectation client, IReadOnlyList<ServiceRoute> routes, ProbeOutput probe) => routes.Index().Select(found =>
    {
        var (section, route) = (probe[$"{found.Index}"], found.Item);
        var status = int.TryParse(section.Text.Trim(), out var number) ? number : 0;
        return (section.ExitCode == 0 && status is > 0 and < 500
            ? VerifyCheck.Pass("service", client, $"{route.Shown} answers {status}, with a valid certificate")
            : VerifyCheck.Fail("service", client, $"{route.Shown}: {(status >= 500 ? $"status {status}" : section.FirstLine)}")) with { About = $"route/{route.Service}" };
    });

    private static JsonElement? Read(string line)
    {
        if (line.Split(' ', 4) is not ["route", _, _, var text])
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Name(JsonElement route) => route.GetProperty("service").GetString()!;
}
