using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AppStack.Components.Nodes.Bundles;
using AppStack.Stacks.Environments.Descriptors;
using static AppStack.Operations.Verification.VerifyCheck;

namespace AppStack.Operations.Verification;

/// <summary>Judges what a node's probe saw by what the descriptor says. Pure: the same output gives the same checks.</summary>
internal static class NodeEvaluator
{
    /// <summary>The checks of a node that answered.</summary>
    public static IReadOnlyList<VerifyCheck> Evaluate(NodeExpectation node, ProbeOutput probe)
    {
        var checks = new List<VerifyCheck>();
        if (node.Units.Count > 0)
        {
            checks.Add(EvaluateUnits(node, probe));
        }

        if (node.Neighbours.Count > 0)
        {
            var sessions = BirdProtocols.Parse(probe[ProbeScript.Bgp].Text);
            checks.AddRange(node.Neighbours.Select(neighbour => EvaluateBgp(node, neighbour, sessions, probe) with { About = neighbour.Name }));
            checks.AddRange(node.Neighbours.Select(neighbour => EvaluateBfd(node, neighbour, sessions, probe) with { About = neighbour.Name }));
        }

        if (node.Role == NodeRole.Router)
        {
            checks.AddRange(node.VirtualAddresses.Select(address => EvaluateRoutes(node, address, probe) with { About = address.ToString() }));
        }

        if (node.Role == NodeRole.LoadBalancer)
        {
            checks.Add(EvaluateAddresses(node, probe));
            checks.Add(EvaluateServers(node, probe));
        }

        checks.AddRange(KubernetesEvaluator.Evaluate(node, probe));
        checks.AddRange(DatabaseEvaluator.Evaluate(node, probe));
        checks.AddRange(BackupEvaluator.Evaluate(node, probe));
        checks.AddRange(MonitoringEvaluator.Evaluate(node, probe));
        checks.AddRange(node.Frontends.SelectMany(frontend => EvaluateFrontend(node, frontend, probe).Select(check => check with { About = frontend.Address.ToString() })));
        if (node.Units.Count > 0)
        {
            checks.AddRange(CertificateEvaluator.Evaluate(node, probe));
            checks.Add(EvaluateDrift(node, probe));
        }

        return checks;
    }

    private static VerifyCheck EvaluateUnits(NodeExpectation node, ProbeOutput probe)
    {
        var states = UnitStates.Parse(probe[ProbeScript.Units].Text);
        var off = node.Units
            .Select(unit => (unit, state: states.GetValueOrDefault(unit, "not found")))
            .Where(pair => !pair.state.StartsWith("active ", StringComparison.Ordinal))
            .Select(pair => $"{pair.unit}: {pair.state}")
            .ToList();
        return off.Count == 0
            ? Pass("units", node, $"{string.Join(", ", node.Units)} active")
            : Fail("units", node, string.Join("; ", off));
    }

    private static VerifyCheck EvaluateBgp(
        NodeExpectation node, NeighbourExpectation neighbour, IReadOnlyList<BgpSession> sessions, ProbeOutput probe)
    {
        var mine = sessions.Where(session => session.Neighbour is { } address && neighbour.Has(address)).ToList();
        if (mine.Count == 0)
        {
            return Fail("bgp", node, $"{neighbour.Name}: no session is configured: {probe[ProbeScript.Bgp].FirstLine}");
        }

        var off = mine.Where(session => !session.Established).Select(session => $"{session.Neighbour} {session.State}{Because(session)}").ToList();
        return off.Count == 0
            ? Pass("bgp", node, $"{neighbour.Name}: {string.Join(", ", mine.Select(session => session.Neighbour))} established")
            : Fail("bgp", node, $"{neighbour.Name}: {string.Join("; ", off)}; expected Established");
    }

    private static string Because(BgpSession session) => session.LastError is { Length: > 0 } error ? $" ({error})" : "";

    private static VerifyCheck EvaluateBfd(
        NodeExpectation node, NeighbourExpectation neighbour, IReadOnlyList<BgpSession> sessions, ProbeOutput probe)
    {
        // BFD watches the addresses over which BGP is spoken, whichever of the two families that is.
        var states = BfdSessions.Parse(probe[ProbeScript.Bfd].Text);
        var watched = sessions.Select(session => session.Neighbour).OfType<IPAddress>().Where(neighbour.Has).Distinct().ToList();
        var off = watched.Select(address => (address, state: states.GetValueOrDefault(address, "no session")))
            .Where(pair => pair.state != "Up").Select(pair => $"{pair.address}: {pair.state}").ToList();
        return watched.Count > 0 && off.Count == 0
            ? Pass("bfd", node, $"{neighbour.Name}: {string.Join(", ", watched)} up")
            : Fail("bfd", node, $"{neighbour.Name}: {(off.Count == 0 ? "no session" : string.Join("; ", off))}; expected Up");
    }

    private static VerifyCheck EvaluateRoutes(NodeExpectation node, IPAddress address, ProbeOutput probe)
    {
        var section = probe[ProbeScript.Routes(address)];
        try
        {
            var gateways = KernelRoutes.Gateways(section.Text);
            var missing = node.NextHops.Where(hop => !gateways.Any(hop.Has)).ToList();

            // IPv6 next hops may be link-local addresses, which the descriptor does not know: then their number is what counts.
            var linkLocal = gateways.Count(gateway => gateway.IsIPv6LinkLocal);
            return missing.Count <= linkLocal && gateways.Count >= node.NextHops.Count
                ? Pass("routes", node, $"{address} via {string.Join(", ", gateways)}")
                : Fail("routes", node, $"{address}: {(gateways.Count == 0 ? "no route" : $"only via {string.Join(", ", gateways)}")}; " +
                    $"missing next hop {string.Join(", ", missing.Select(hop => hop.Name))}");
        }
        catch (JsonException)
        {
            return Fail("routes", node, $"{address}: {section.FirstLine}");
        }
    }

    private static VerifyCheck EvaluateAddresses(NodeExpectation node, ProbeOutput probe)
    {
        var section = probe[ProbeScript.LocalAddresses];
        try
        {
            using var document = JsonDocument.Parse(section.Text);
            var present = document.RootElement.EnumerateArray()
                .Where(link => link.TryGetProperty("addr_info", out _))
                .SelectMany(link => link.GetProperty("addr_info").EnumerateArray())
                .Where(info => info.TryGetProperty("local", out _))
                .Select(info => IPAddress.Parse(info.GetProperty("local").GetString()!))
                .ToHashSet();
            var missing = node.VirtualAddresses.Where(address => !present.Contains(address)).ToList();
            return missing.Count == 0
                ? Pass("vip-address", node, string.Join(", ", node.VirtualAddresses))
                : Fail("vip-address", node, $"not on this node: {string.Join(", ", missing)}");
        }
        catch (JsonException)
        {
            return Fail("vip-address", node, section.FirstLine);
        }
    }

    private static VerifyCheck EvaluateServers(NodeExpectation node, ProbeOutput probe)
    {
        // Those that are not checked are asked only when none that is checked works.
        var servers = HAProxyServers.Parse(probe[ProbeScript.HAProxyServers].Text).Where(server => server.Value != "no check").ToList();
        var off = servers.Where(server => !server.Value.StartsWith("UP", StringComparison.Ordinal)).ToList();
        return servers.Count == 0 ? Fail("servers", node, probe[ProbeScript.HAProxyServers].FirstLine)
            : off.Count == 0 ? Pass("servers", node, $"{servers.Count} up")
            : Fail("servers", node, string.Join("; ", off.Select(server => $"{server.Key}: {server.Value}")));
    }

    private static IEnumerable<VerifyCheck> EvaluateFrontend(NodeExpectation node, IPEndPoint frontend, ProbeOutput probe)
    {
        var section = probe[ProbeScript.Answers(frontend)];
        var answers = ClientAnswers.Parse(section.Text);
        var good = answers.Where(answer => answer.Status == 200).ToList();
        var name = frontend.AddressFamily == AddressFamily.InterNetworkV6 ? "vip-ipv6" : "vip-ipv4";
        if (answers.Count == 0 || good.Count < answers.Count)
        {
            var seen = answers.Count == 0 ? section.FirstLine
                : string.Join(", ", answers.CountBy(answer => answer.Status).Select(pair => $"{pair.Value}x {Say(pair.Key)}"));
            yield return Fail(name, node, $"{ProbeScript.Url(frontend)}: {seen}; expected status 200");
        }
        else
        {
            var slowest = good.Max(answer => answer.Milliseconds);
            yield return Pass(name, node, $"{ProbeScript.Url(frontend)}: {good.Count} of {answers.Count} answered, slowest {slowest:0} ms");
        }

        var used = node.NextHops.Where(hop => good.Exists(answer => answer.LoadBalancer is { } address && hop.Has(address))).ToList();
        var unused = node.NextHops.Except(used).Select(hop => hop.Name).ToList();
        yield return unused.Count == 0
            ? Pass($"{name}-paths", node, $"answered through {string.Join(", ", used.Select(hop => hop.Name))}")
            : Fail($"{name}-paths", node, $"no answer came through {string.Join(", ", unused)}");
    }

    private static string Say(int status) => status == 0 ? "no answer" : $"status {status}";

    private static VerifyCheck EvaluateDrift(NodeExpectation node, ProbeOutput probe)
    {
        var section = probe[ProbeScript.Drift];
        if (section.ExitCode != 0)
        {
            return Fail(ProbeScript.Drift, node, section.FirstLine);
        }

        try
        {
            var drift = DriftCheck.Parse(section.Text);
            return drift.Roles.IsEmpty ? Fail(ProbeScript.Drift, node, "nothing was applied to this node: it has no manifest; run `appstack up`, or `appstack repair` if it was installed anew")
                : drift.Deviations.IsEmpty ? Pass(ProbeScript.Drift, node, $"{string.Join(", ", drift.Roles)} as applied")
                : Fail(ProbeScript.Drift, node, string.Join("; ", drift.Deviations.Select(Describe)));
        }
        catch (FormatException exception)
        {
            return Fail(ProbeScript.Drift, node, exception.Message);
        }
    }

    private static string Describe(Deviation deviation) =>
        $"{deviation.Role}: {deviation.Kind} {deviation.Name} is {deviation.Actual}, expected {deviation.Expected}";
}
