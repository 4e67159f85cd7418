using System.Diagnostics;
using System.Text.Json;
using AppStack.Lab.Tests.Machines;
using Xunit.Abstractions;

namespace AppStack.Lab.Tests.Platform;

/// <summary>The commands that people use, against a platform of real daemons. Counts are asserted, times are not: see <c>appstack bench</c>.</summary>
[Collection(LabPlatform.Name)]
[TestCaseOrderer("AppStack.Lab.Tests.Platform.ByOrder", "AppStack.Lab.Tests")]
public sealed class PlatformTests(LabPlatform platform, ITestOutputHelper output)
{
    private const string FirstBalancer = "edge-lb-1";
    private const string SecondBalancer = "edge-lb-2";
    private const string Backend = "web-backend-1";

    [RootFact, Order(1)]
    public async Task Verify_finds_a_fresh_platform_as_it_should_be()
    {
        await platform.WholeAsync();
        var report = (await platform.VerifyAsync()).EnsureSuccess().Json();

        Assert.True(report.GetProperty("ok").GetBoolean());
        var names = report.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string?>(StringComparer.Ordinal) { "ssh", "units", "bgp", "bfd", "routes", "vip-ipv4", "vip-ipv4-paths", "vip-ipv6", "vip-ipv6-paths", "prometheus", "targets", "rules", "alertmanager", "drift" }, names);
    }

    [RootFact, Order(2)]
    public async Task Up_with_nothing_to_change_changes_nothing() => Assert.Empty((await platform.UpAsync()).EnsureSuccess().ChangedResources());

    [RootFact, Order(3)]
    public async Task A_changed_line_of_HAProxy_touches_the_load_balancers_only()
    {
        platform.ChangeMaxConnections(4001);

        var changed = (await platform.UpAsync()).EnsureSuccess().ChangedResources();

        Assert.NotEmpty(changed);
        Assert.All((string[])[FirstBalancer, SecondBalancer], node => Assert.Contains(changed.Keys, name => name.Contains(node, StringComparison.Ordinal)));
        Assert.All(changed.Keys, name => Assert.Contains("edge-lb-", name, StringComparison.Ordinal));
        foreach (var node in (string[])[FirstBalancer, SecondBalancer])
        {
            Assert.Contains("4001", await platform.OnNodeAsync(node, "grep maxconn /etc/haproxy/haproxy.cfg"), StringComparison.Ordinal);
        }
    }

    [RootFact, Order(4)]
    public async Task A_file_that_somebody_changed_on_a_node_is_drift_and_is_repaired()
    {
        await platform.OnNodeAsync(Backend, "echo '# by hand' >> /etc/nginx/nginx.conf");

        var off = Off((await platform.VerifyAsync()).EnsureExitCode(1));
        Assert.Contains("/etc/nginx/nginx.conf", Assert.Single(off)["drift"], StringComparison.Ordinal);

        var changed = (await platform.Command.RunAsync("repair", platform.Descriptor, "--json")).EnsureSuccess().ChangedResources();
        Assert.All(changed.Keys, name => Assert.Contains(Backend, name, StringComparison.Ordinal));
        (await platform.VerifyAsync()).EnsureSuccess();
        Assert.Empty((await platform.UpAsync()).EnsureSuccess().ChangedResources());
    }

    [RootFact, Order(4)]
    public async Task A_machine_that_dies_raises_its_alert_and_somebody_is_told()
    {
        using var receiver = new AlertReceiver(LabPlatform.Webhook);
        var since = Stopwatch.StartNew();
        await platform.Control.PowerOffAsync(Backend);
        try
        {
            // Twice what is promised: tests share the machine.
            var seen = await receiver.AwaitAsync("NodeDown", Backend, TimeSpan.FromMinutes(2));

            output.WriteLine($"NodeDown of {Backend} arrived after {since.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", seen)}");
            Assert.DoesNotContain(seen, line => line.StartsWith("firing ExporterDown", StringComparison.Ordinal));
        }
        finally
        {
            await platform.Control.PowerOnAsync(Backend);
        }

        await platform.WholeAsync();
    }

    [RootTheory, Order(5)]
    [InlineData("lb-drain", 0)]
    [InlineData("lb-node-loss", 2)]
    [InlineData("lb-haproxy-crash", 50)]
    [InlineData("backend-loss", 10)]
    public async Task A_drill_costs_users_little_and_leaves_the_platform_whole(string scenario, int mayFail)
    {
        // At a fifth of the rate, and with room: tests share the machine. The figures are those of the drill itself.
        var result = await platform.Command.RunAsync("drill", platform.Descriptor, scenario, "--json", "--rate", "100");

        var report = result.DrillReport();
        Assert.Equal(scenario, report.GetProperty("scenario").GetString());
        Assert.True(report.GetProperty("requests").GetInt32() > 500, result.Output);
        Assert.True(report.GetProperty("failed").GetInt32() <= mayFail, result.Output);
        Assert.Equal(0, report.GetProperty("offAfterwards").GetArrayLength());
        Assert.All(report.GetProperty("steps").EnumerateArray(), step => Assert.True(step.GetProperty("ms").GetDouble() >= 0));
    }

    [RootFact, Order(6)]
    public async Task A_configuration_that_its_daemon_rejects_leaves_the_node_as_it_was()
    {
        // Without its user HAProxy's own check refuses every configuration.
        await platform.OnNodeAsync(FirstBalancer, "sed -i 's/^haproxy:/nobody-knows:/' /etc/passwd");
        platform.ChangeMaxConnections(4002);
        try
        {
            var result = await platform.UpAsync();

            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains(FirstBalancer, result.Output, StringComparison.Ordinal);
            Assert.Contains("haproxy.cfg", result.Output, StringComparison.Ordinal);
            Assert.Contains("cannot find user", result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("4002", await platform.OnNodeAsync(FirstBalancer, "cat /etc/haproxy/haproxy.cfg"), StringComparison.Ordinal);
            Assert.Equal("active", await platform.OnNodeAsync(FirstBalancer, "systemctl is-active haproxy"));
        }
        finally
        {
            await platform.OnNodeAsync(FirstBalancer, "sed -i 's/^nobody-knows:/haproxy:/' /etc/passwd");
        }

        await ConvergesAsync();
    }

    [RootFact, Order(7)]
    public async Task A_host_key_that_changed_is_refused_by_name()
    {
        await platform.OnNodeAsync(SecondBalancer,
            "cd /etc/ssh && mkdir /root/keys && cp -p ssh_host_ed25519_key* /root/keys/ && rm ssh_host_ed25519_key* && " +
            "ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key && systemctl reload-or-restart ssh");
        platform.ChangeMaxConnections(4003);
        try
        {
            var up = await platform.UpAsync();
            Assert.NotEqual(0, up.ExitCode);
            Assert.Contains("host key", up.Output, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(SecondBalancer, up.Output, StringComparison.Ordinal);

            var verify = Off((await platform.VerifyAsync()).EnsureExitCode(1));
            Assert.Contains("host key", verify.Single(check => check.ContainsKey("ssh"))["ssh"], StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            // Not by SSH, which trusts the node no more.
            await RunAsync("bash", "-c", $"{AppStack.Components.Lab.LabPaths.For(LabPlatform.Name).Script} enter {LabPlatform.Name} {SecondBalancer} -- " +
                "sh -c 'mv /root/keys/* /etc/ssh/ && rmdir /root/keys && systemctl reload-or-restart ssh'");
        }

        await ConvergesAsync();
    }

    [RootFact, Order(8)]
    public async Task A_second_up_is_refused_while_the_first_one_works()
    {
        platform.ChangeMaxConnections(4004);
        await platform.Control.PauseAsync(FirstBalancer);
        using var first = platform.Command.Start("up", platform.Descriptor, "--yes", "--json");
        try
        {
            await StepBeganAsync(first, FirstBalancer);

            var second = await platform.UpAsync();

            second.EnsureExitCode(4);
            Assert.Contains($"{first.Id}", second.Output, StringComparison.Ordinal);
        }
        finally
        {
            await platform.Control.ResumeAsync(FirstBalancer);
        }

        (await AppStackCommand.FinishAsync(first, "up")).EnsureSuccess();
        await platform.WholeAsync();
    }

    [RootFact, Order(9)]
    public async Task An_up_that_was_killed_is_continued_by_the_next_one()
    {
        platform.ChangeMaxConnections(4005);
        await platform.Control.PauseAsync(FirstBalancer);
        using var first = platform.Command.Start("up", platform.Descriptor, "--yes", "--json");
        try
        {
            await StepBeganAsync(first, FirstBalancer);
            first.Kill();
            await first.WaitForExitAsync();
        }
        finally
        {
            await platform.Control.ResumeAsync(FirstBalancer);
        }

        var state = await platform.Command.RunAsync("stack", "export", "--stack", platform.Descriptor);
        Assert.True(state.EnsureSuccess().Json().GetProperty("deployment").GetProperty("resources").GetArrayLength() > 0);
        await ConvergesAsync();
    }

    [RootFact, Order(10)]
    public async Task Machines_whose_processes_were_killed_come_back_with_the_next_up()
    {
        await RunAsync("bash", "-c",
            $"find /sys/fs/cgroup -path '*/{LabPlatform.Name}/*' -name cgroup.procs | xargs cat 2>/dev/null | sort -u | xargs -r kill -9; true");

        await ConvergesAsync();
    }

    [RootFact, Order(11)]
    public async Task Destroy_leaves_nothing_behind()
    {
        Assert.NotEmpty(await platform.Control.LeftoversAsync());

        (await platform.Command.RunAsync("destroy", platform.Descriptor, "--yes")).EnsureSuccess();

        Assert.Empty(await platform.Control.LeftoversAsync());
    }

    /// <summary>The next <c>up</c> succeeds, the one after it has nothing to do, and the platform is whole.</summary>
    private async Task ConvergesAsync()
    {
        (await platform.UpAsync()).EnsureSuccess();
        Assert.Empty((await platform.UpAsync()).EnsureSuccess().ChangedResources());
        await platform.WholeAsync();
    }

    private static IReadOnlyList<Dictionary<string, string>> Off(CommandResult result) =>
    [
        .. result.Json().GetProperty("checks").EnumerateArray()
            .Where(check => !check.GetProperty("ok").GetBoolean())
            .Select(check => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [check.GetProperty("name").GetString()!] = check.GetProperty("detail").GetString()!,
            }),
    ];

    private static async Task StepBeganAsync(Process up, string resource)
    {
        while (await up.StandardOutput.ReadLineAsync() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("resourcePreEvent", out var step)
                && step.GetProperty("metadata").GetProperty("op").GetString() != "same"
                && step.GetProperty("metadata").GetProperty("urn").GetString()!.Contains(resource, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"no step of {resource} began: {await up.StandardError.ReadToEndAsync()}");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
