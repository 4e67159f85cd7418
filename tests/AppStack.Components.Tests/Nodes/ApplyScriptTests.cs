using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Tests.Nodes;

public sealed class ApplyScriptTests : IDisposable
{
    private const string Config = "/etc/web/web.conf";
    private readonly TemporaryNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task First_apply_lays_down_files_starts_units_and_leaves_a_manifest()
    {
        var answer = (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        Assert.True(answer.Changed);
        Assert.Equal("a\n", _node.Read(Config));
        Assert.Equal((UnixFileMode)0b110_100_000, File.GetUnixFileMode(_node.PathOf(Config)));
        Assert.Equal("active", _node.UnitState("web.service"));
        Assert.Equal(["enable web.service", "start web.service"], answer.Activated);
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(_node.PathOf("/var/lib/appstack/bundles/web.json")));
        Assert.Contains("87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7", _node.Read("/var/lib/appstack/bundles/web.json"), StringComparison.Ordinal);
        Assert.False(_node.Exists("/var/lib/appstack/bundles/web.pending.json"));
    }

    [Fact]
    public async Task Second_apply_changes_nothing_and_says_so()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        var written = File.GetLastWriteTimeUtc(_node.PathOf("/var/lib/appstack/bundles/web.json"));
        _node.TakeCalls();

        var answer = (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        Assert.False(answer.Changed);
        Assert.Empty(answer.Files);
        Assert.Empty(answer.Activated);
        Assert.Empty(_node.TakeCalls());
        Assert.Equal(written, File.GetLastWriteTimeUtc(_node.PathOf("/var/lib/appstack/bundles/web.json")));
    }

    [Fact]
    public async Task A_content_that_somebody_wrote_by_hand_before_it_was_deployed_is_no_drift_afterwards()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        _node.Write(Config, "b\n");
        Assert.NotEmpty((await _node.DriftAsync()).Deviations);

        (await _node.ApplyAsync(Web("b"))).ShouldSucceed();

        Assert.Empty((await _node.DriftAsync()).Deviations);
        Assert.False((await _node.ApplyAsync(Web("b"))).ShouldSucceed().Changed);
    }

    [Fact]
    public async Task A_changed_file_reloads_its_own_unit_only()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        _node.TakeCalls();

        var answer = (await _node.ApplyAsync(Web("b"))).ShouldSucceed();

        Assert.Equal([$"updated {Config}"], answer.Files);
        Assert.Equal(["systemctl reload web.service"], _node.TakeCalls());
        Assert.Equal("b\n", _node.Read(Config));
    }

    [Fact]
    public async Task A_rejected_file_leaves_the_node_as_it_was_and_names_file_and_message()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        _node.TakeCalls();

        var answer = (await _node.ApplyAsync(Web("broken"))).ShouldFail();

        Assert.Equal("a\n", _node.Read(Config));
        Assert.Contains(Config, answer.Errors, StringComparison.Ordinal);
        Assert.Contains("line 1: no such directive 'broken'", answer.Errors, StringComparison.Ordinal);
        Assert.Contains("was not changed", answer.Errors, StringComparison.Ordinal);
        Assert.Empty(_node.TakeCalls());
        Assert.Equal([Path.GetFileName(Config)], Directory.GetFiles(_node.PathOf("/etc/web")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_failed_reload_brings_the_previous_file_back_and_activates_it()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        _node.Write("/journal", "bind: address already in use\n");
        _node.On("systemctl-reload-web.service", $"grep -q b \"$APPSTACK_ROOT{Config}\" && exit 1");
        _node.TakeCalls();

        var answer = (await _node.ApplyAsync(Web("b"))).ShouldFail();

        Assert.True(answer.RolledBack);
        Assert.Equal("a\n", _node.Read(Config));
        Assert.Contains("bind: address already in use", answer.Errors, StringComparison.Ordinal);
        Assert.Contains("The previous configuration is in place again", answer.Errors, StringComparison.Ordinal);
        Assert.Equal(2, _node.TakeCalls().Count(c => c == "systemctl reload web.service"));
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
    }

    [Fact]
    public async Task A_failed_health_command_undoes_the_change()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        var bundle = Web("b");

        var answer = (await _node.ApplyAsync(bundle with
        {
            FileGroups = [bundle.FileGroups[0] with { Health = new("echo 'not ready yet'; false", TimeSpan.FromSeconds(1)) }],
        })).ShouldFail();

        Assert.Contains("not ready yet", answer.Errors, StringComparison.Ordinal);
        Assert.Equal("a\n", _node.Read(Config));
    }

    [Fact]
    public async Task A_unit_that_does_not_start_is_reported_with_its_own_words_and_the_files_go()
    {
        _node.Write("/journal", "cannot open /dev/null\n");
        _node.On("systemctl-start-web.service", "exit 1");

        var answer = (await _node.ApplyAsync(Web("a"))).ShouldFail();

        Assert.Contains("a unit did not start (web.service)", answer.Errors, StringComparison.Ordinal);
        Assert.Contains("cannot open /dev/null", answer.Errors, StringComparison.Ordinal);
        Assert.False(_node.Exists(Config));
        Assert.False(_node.Exists("/var/lib/appstack/bundles/web.json"));
    }

    [Fact]
    public async Task A_run_that_was_killed_after_the_swap_is_healed_by_the_next()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        _node.On("systemctl-reload-web.service", "kill -9 $PPID; exit 1");
        Assert.NotEqual(0, (await _node.ApplyAsync(Web("b"))).ExitCode);
        Assert.Equal("b\n", _node.Read(Config));
        Assert.True(_node.Exists("/var/lib/appstack/bundles/web.pending.json"));
        Assert.Contains((await _node.DriftAsync()).Deviations, d => d.Kind == "interrupted");
        _node.Forget("systemctl-reload-web.service");
        _node.TakeCalls();

        var answer = (await _node.ApplyAsync(Web("b"))).ShouldSucceed();

        Assert.Equal(["systemctl reload web.service"], _node.TakeCalls());
        Assert.True(answer.Json.GetProperty("recovered").GetBoolean());
        Assert.Equal("b\n", _node.Read(Config));
        Assert.Empty((await _node.DriftAsync()).Deviations);
    }

    [Fact]
    public async Task A_killed_run_whose_change_was_withdrawn_gives_the_daemon_its_old_file_again()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        _node.On("systemctl-reload-web.service", "kill -9 $PPID; exit 1");
        await _node.ApplyAsync(Web("b"));
        _node.Forget("systemctl-reload-web.service");
        _node.TakeCalls();

        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        Assert.Equal("a\n", _node.Read(Config));
        Assert.Equal(["systemctl reload web.service"], _node.TakeCalls());
    }

    [Fact]
    public async Task A_file_that_the_bundle_no_longer_has_is_removed()
    {
        (await _node.ApplyAsync(Web("a") with { Files = Web("a").Files.Add(new() { Path = "/etc/web/extra.conf", Content = "x\n", Group = "web" }) })).ShouldSucceed();
        _node.TakeCalls();

        var answer = (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        Assert.Equal(["removed /etc/web/extra.conf"], answer.Files);
        Assert.False(_node.Exists("/etc/web/extra.conf"));
        Assert.Equal(["systemctl reload web.service"], _node.TakeCalls());
    }

    [Fact]
    public async Task A_unit_that_the_bundle_no_longer_has_is_stopped_and_disabled()
    {
        (await _node.ApplyAsync(Web("a") with { Units = [new("web.service"), new("old.service")] })).ShouldSucceed();
        Assert.Equal("active", _node.UnitState("old.service"));

        var answer = (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        Assert.Equal(["stop old.service", "disable old.service"], answer.Activated);
        Assert.Equal("inactive", _node.UnitState("old.service"));
    }

    [Fact]
    public async Task A_changed_mode_is_put_right_without_disturbing_the_daemon()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        File.SetUnixFileMode(_node.PathOf(Config), (UnixFileMode)0b111_111_111);
        _node.TakeCalls();

        var answer = (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        Assert.Equal([$"attributes {Config}"], answer.Files);
        Assert.Equal((UnixFileMode)0b110_100_000, File.GetUnixFileMode(_node.PathOf(Config)));
        Assert.Empty(_node.TakeCalls());
    }

    [Fact]
    public async Task A_document_that_was_cut_off_is_refused()
    {
        var payload = BundleRenderer.Payload(Web("a"));

        var answer = await _node.RunAsync("apply", payload[..^40]);

        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains("cut off", answer.Errors, StringComparison.Ordinal);
        Assert.False(_node.Exists(Config));
    }

    [Fact]
    public async Task A_file_of_another_role_is_refused()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        var answer = (await _node.ApplyAsync(Web("b") with { Role = "other", Units = [], FileGroups = [new() { Name = "web" }] })).ShouldFail();

        Assert.Contains("it belongs to the role 'web'", answer.Errors, StringComparison.Ordinal);
        Assert.Equal("a\n", _node.Read(Config));
    }

    [Fact]
    public async Task Missing_packages_are_installed_while_their_daemons_are_held_back()
    {
        _node.Write("/packages/present", "1.0\n");

        var answer = (await _node.ApplyAsync(Web("a") with { Packages = [new("present"), new("nginx"), new("haproxy", "2.6")] })).ShouldSucceed();

        var calls = _node.TakeCalls();
        Assert.Contains(calls, c => c.EndsWith("install nginx haproxy=2.6", StringComparison.Ordinal));
        Assert.Contains("daemons are held back", calls);
        Assert.False(_node.Exists("/usr/sbin/policy-rc.d"));
        Assert.Equal(2, answer.Json.GetProperty("packages").GetArrayLength());
    }

    [Fact]
    public async Task A_package_that_does_not_exist_is_reported_with_apt_s_message()
    {
        _node.On("apt-get-install", "echo 'E: Unable to locate package nginxx'; exit 100");

        var answer = (await _node.ApplyAsync(Web("a") with { Packages = [new("nginxx")] })).ShouldFail();

        Assert.Contains("E: Unable to locate package nginxx", answer.Errors, StringComparison.Ordinal);
        Assert.False(_node.Exists(Config));
        Assert.False(_node.Exists("/usr/sbin/policy-rc.d"));
    }

    [Theory]
    [InlineData("1.0-3", null, null, "web 1.0-3 is installed: has a hole; use 1.1")]
    [InlineData("1.0-3", "1.2", null, "web 1.0-3 is installed: has a hole; use 1.1")] // apt does not touch what is there
    [InlineData(null, "1.0-3", null, "web 1.0-3 is what apt would install: has a hole; use 1.1")]
    [InlineData("1.2", null, "1.0-3", "web 1.0-3 is wanted: has a hole; use 1.1")]
    [InlineData("1.0-3", null, "1.2", null)]
    [InlineData("1.1~rc1-1", null, null, "web 1.1~rc1-1 is installed: has a hole; use 1.1")]
    [InlineData("1.1-1", null, null, null)]
    [InlineData(null, "1.1-1", null, null)]
    public async Task A_version_that_is_known_to_be_unsafe_is_refused_before_anything_is_changed(string? installed, string? candidate, string? wanted, string? problem)
    {
        Packages(installed, candidate);
        var bundle = Web("a") with { Packages = [new("web", wanted)], UnsafeVersions = [new("web", null, "1.1", "has a hole; use 1.1", Refused: true)] };

        var answer = await _node.ApplyAsync(bundle);

        if (problem is null)
        {
            answer.ShouldSucceed();
            return;
        }

        Assert.Equal($"a version is known to be unsafe:\n    {problem}\nThe node's configuration was not changed.\n", answer.ShouldFail().Errors);
        Assert.DoesNotContain(_node.TakeCalls(), c => c.StartsWith("apt-get", StringComparison.Ordinal) || c.StartsWith("systemctl", StringComparison.Ordinal));
        Assert.False(_node.Exists(Config));
        Assert.False(Directory.Exists(_node.PathOf("/var/lib/appstack/bundles")));
    }

    [Fact]
    public async Task All_unsafe_versions_are_told_at_once_and_those_that_are_only_told_are_no_error()
    {
        _node.Write("/packages/web", "1.0\n");
        _node.Write("/candidates/cache", "2.0\n");
        _node.Write("/packages/tool", "1.5\n");
        BundleUnsafeVersions Rule(string package, string? from, string below, bool refused) => new(package, from, below, "is bad", refused);
        var bundle = Web("a") with { Packages = [new("web"), new("cache"), new("tool")] };

        var refused = (await _node.ApplyAsync(bundle with { UnsafeVersions = [Rule("web", null, "1.1", true), Rule("cache", null, "2.1", true), Rule("tool", "1.6", "2", true), Rule("tool", "1.5", "1.6", false)] })).ShouldFail();
        var told = (await _node.ApplyAsync(bundle with { UnsafeVersions = [Rule("web", null, "1.1", false), Rule("cache", null, "2.1", false)] })).ShouldSucceed();

        Assert.Contains("    web 1.0 is installed: is bad\n    cache 2.0 is what apt would install: is bad\nThe node", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(["tool 1.5 is installed: is bad"], BundleReport.Warnings(refused.Output));
        Assert.Equal(["web 1.0 is installed: is bad", "cache 2.0 is what apt would install: is bad"], BundleReport.Warnings(told.Output));
        Assert.Empty(BundleReport.Warnings((await _node.ApplyAsync(Web("b"))).ShouldSucceed().Output));
    }

    [Fact]
    public async Task An_unsafe_version_of_which_the_node_learns_only_when_it_fetches_the_lists_is_not_installed()
    {
        _node.On("apt-get-install", "[ -e \"$APPSTACK_ROOT/candidates/web\" ] || { echo 'E: Unable to locate package web'; exit 100; }");
        _node.On("apt-get-update", "mkdir -p \"$APPSTACK_ROOT/candidates\"; echo 1.0 > \"$APPSTACK_ROOT/candidates/web\"");

        var answer = (await _node.ApplyAsync(Web("a") with { Packages = [new("web")], UnsafeVersions = [new("web", null, "1.1", "has a hole; use 1.1", Refused: true)] })).ShouldFail();

        Assert.Contains("web 1.0 is what apt would install: has a hole; use 1.1\n", answer.Errors, StringComparison.Ordinal);
        Assert.False(_node.Exists("/packages/web"));
        Assert.False(_node.Exists(Config));
        Assert.False(_node.Exists("/usr/sbin/policy-rc.d"));
    }

    [Fact]
    public void What_is_no_report_warns_of_nothing() => Assert.All([null, "", "no JSON", "[]", "{}"], text => Assert.Empty(BundleReport.Warnings(text)));

    [Fact]
    public void An_unsafe_version_names_a_package_of_the_bundle_and_versions_that_dpkg_can_compare() => Assert.Equal(
        ["unsafeVersions[0].message: must be one line", "unsafeVersions[0].package: 'other' is not a package of the bundle", "unsafeVersions[0]: '1 2' is not a version of a Debian package"],
        BundleValidator.Validate(Web("a") with { UnsafeVersions = [new("other", null, "1 2", "bad\nindeed", Refused: true)] }).Select(p => p.ToString()));

    [Fact]
    public async Task A_disruptive_change_is_drained_before_and_gated_after()
    {
        var bundle = Drained(Web("a"));
        (await _node.ApplyAsync(bundle)).ShouldSucceed();
        Assert.DoesNotContain("drain", Hooks());    // a node that is not in service yet needs no drain, but may have been left drained

        var answer = (await _node.ApplyAsync(Drained(Web("b")))).ShouldSucceed();

        Assert.True(answer.Json.GetProperty("drained").GetBoolean());
        Assert.Equal(["undrain", "gate", "drain", "undrain", "gate"], Hooks());
    }

    [Fact]
    public async Task A_change_that_fails_after_the_drain_is_undrained()
    {
        (await _node.ApplyAsync(Drained(Web("a")))).ShouldSucceed();
        _node.On("systemctl-reload-web.service", $"grep -q b \"$APPSTACK_ROOT{Config}\" && exit 1");

        (await _node.ApplyAsync(Drained(Web("b")))).ShouldFail();

        Assert.Equal(["undrain", "gate", "drain", "undrain"], Hooks());
        Assert.Equal("a\n", _node.Read(Config));
    }

    [Fact]
    public async Task A_run_that_was_killed_while_the_node_was_drained_is_undrained_by_the_next()
    {
        (await _node.ApplyAsync(Drained(Web("a")))).ShouldSucceed();
        await _node.ApplyAsync(Drained(Web("b")) with { Drain = new("echo drain >> $APPSTACK_ROOT/hooks; kill -9 $PPID", TimeSpan.FromSeconds(5)) });
        Assert.Equal("a\n", _node.Read(Config));

        (await _node.ApplyAsync(Drained(Web("a")))).ShouldSucceed();

        Assert.Equal(["undrain", "gate", "drain", "undrain", "gate"], Hooks());
        Assert.False(_node.Exists("/var/lib/appstack/bundles/web.pending.json"));
    }

    [Fact]
    public async Task A_failed_gate_undoes_the_change()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        var answer = (await _node.ApplyAsync(Web("b") with { HealthGate = new("echo 'no session'; false", TimeSpan.FromSeconds(1)) })).ShouldFail();

        Assert.Contains("no session", answer.Errors, StringComparison.Ordinal);
        Assert.Equal("a\n", _node.Read(Config));
    }

    [Fact]
    public async Task Words_of_secret_files_do_not_leave_the_node()
    {
        var bundle = Web("broken") with { Files = [Web("a").Files[0] with { Content = "broken hunter2hunter2\n", Secret = true }] };

        var answer = (await _node.ApplyAsync(bundle)).ShouldFail();

        Assert.DoesNotContain("hunter2", answer.Output + answer.Errors, StringComparison.Ordinal);
        Assert.Contains("[secret]", answer.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.7 50000 10.0.0.1 22", false)]
    [InlineData("10.0.3.7 50000 10.0.0.1 22", true)]
    [InlineData("fd00::7 50000 fd00::1 22", true)]
    [InlineData("fd01::7 50000 fd00::1 22", false)]
    public async Task A_firewall_that_would_lock_out_the_deployer_is_refused(string connection, bool accepted)
    {
        _node.SshConnection = connection;

        var answer = await _node.ApplyAsync(Web("a") with { ManagementNetworks = ["10.0.0.0/22", "fd00::/64"] });

        Assert.Equal(accepted, answer.ExitCode == 0);
        Assert.Equal(accepted, _node.Exists(Config));
        Assert.Equal(!accepted, answer.Errors.Contains("would lock out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kernel_settings_are_set_at_once_kept_in_a_file_and_put_back_on_removal()
    {
        _node.Write("/proc/sys/net/ipv4/ip_forward", "0\n");
        var bundle = Web("a") with { Sysctls = Web("a").Sysctls.Add("net.ipv4.ip_forward", "1") };

        (await _node.ApplyAsync(bundle)).ShouldSucceed();
        Assert.Equal("1\n", _node.Read("/proc/sys/net/ipv4/ip_forward"));
        Assert.Equal("net.ipv4.ip_forward = 1\n", _node.Read("/etc/sysctl.d/60-appstack-web.conf"));

        (await _node.RemoveAsync(bundle)).ShouldSucceed();
        Assert.Equal("0\n", _node.Read("/proc/sys/net/ipv4/ip_forward"));
    }

    [Fact]
    public async Task A_kernel_setting_that_does_not_exist_is_an_error()
    {
        var answer = (await _node.ApplyAsync(Web("a") with { Sysctls = Web("a").Sysctls.Add("net.ipv4.nonsense", "1") })).ShouldFail();

        Assert.Contains("net.ipv4.nonsense", answer.Errors, StringComparison.Ordinal);
        Assert.False(_node.Exists(Config));
    }

    [Fact]
    public async Task Removal_takes_the_role_off_and_can_be_repeated()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();

        (await _node.RemoveAsync(Web("a"))).ShouldSucceed();

        Assert.False(_node.Exists(Config));
        Assert.Equal("inactive", _node.UnitState("web.service"));
        Assert.Empty((await _node.DriftAsync()).Roles);
        (await _node.RemoveAsync(Web("a"))).ShouldSucceed();
    }

    [Fact]
    public async Task Two_deployments_of_one_node_take_turns()
    {
        (await _node.ApplyAsync(Web("a"))).ShouldSucceed();
        _node.On("systemctl-reload-web.service", "echo begin >> $APPSTACK_ROOT/turns; sleep 0.2; echo end >> $APPSTACK_ROOT/turns");

        var answers = await Task.WhenAll(_node.ApplyAsync(Web("b")), _node.ApplyAsync(Web("c")));

        Assert.All(answers, a => a.ShouldSucceed());
        Assert.Equal("begin\nend\nbegin\nend\n", _node.Read("/turns"));
    }

    [Fact]
    public async Task Packages_are_asked_for_again_only_when_dpkg_has_worked_since()
    {
        _node.Write("/var/lib/dpkg/status", "nginx\n");
        var bundle = Web("a") with { Packages = [new("nginx")] };
        (await _node.ApplyAsync(bundle)).ShouldSucceed();
        _node.TakeCalls();

        File.Delete(_node.PathOf("/packages/nginx"));
        (await _node.ApplyAsync(Web("b") with { Packages = [new("nginx")] })).ShouldSucceed();
        Assert.Empty((await _node.DriftAsync()).Deviations);
        Assert.DoesNotContain(_node.TakeCalls(), c => c.StartsWith("apt-get", StringComparison.Ordinal));

        _node.Write("/var/lib/dpkg/status", "no more\n");
        Assert.Equal("package", Assert.Single((await _node.DriftAsync()).Deviations).Kind);
        (await _node.ApplyAsync(Web("b") with { Packages = [new("nginx")] })).ShouldSucceed();
        Assert.Contains(_node.TakeCalls(), c => c.StartsWith("apt-get", StringComparison.Ordinal) && c.EndsWith(" nginx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drift_is_found_and_named()
    {
        _node.Write("/proc/sys/net/ipv4/ip_forward", "0\n");
        _node.Write("/packages/nginx", "1.0\n");
        var bundle = Web("a") with
        {
            Packages = [new("nginx")],
            Files = Web("a").Files.AddRange(new BundleFile { Path = "/etc/web/gone", Content = "x" }, new BundleFile { Path = "/etc/web/mode", Content = "x" }),
            Sysctls = Web("a").Sysctls.Add("net.ipv4.ip_forward", "1"),
        };
        (await _node.ApplyAsync(bundle)).ShouldSucceed();
        Assert.Equal(["web"], (await _node.DriftAsync()).Roles.ToArray());
        Assert.Empty((await _node.DriftAsync()).Deviations);

        _node.Write(Config, "edited by hand\n");
        File.Delete(_node.PathOf("/etc/web/gone"));
        File.SetUnixFileMode(_node.PathOf("/etc/web/mode"), (UnixFileMode)0b111_111_111);
        _node.Write("/proc/sys/net/ipv4/ip_forward", "0\n");
        File.Delete(_node.PathOf("/packages/nginx"));
        _node.SetUnitState("web.service", "failed");

        var deviations = (await _node.DriftAsync()).Deviations.Select(d => $"{d.Kind} {d.Name}: {d.Expected} -> {d.Actual}").Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                $"content {Config}: 87428fc52280 -> df97460881f2",
                "file /etc/web/gone: present -> missing",
                "mode /etc/web/mode: 0644 -> 0777",
                "package nginx: installed -> missing",
                "sysctl net.ipv4.ip_forward: 1 -> 0",
                "unit web.service: active -> failed",
            ],
            deviations);
    }

    private void Packages(string? installed, string? candidate)
    {
        if (installed is not null)
        {
            _node.Write("/packages/web", installed + "\n");
        }

        if (candidate is not null)
        {
            _node.Write("/candidates/web", candidate + "\n");
        }
    }

    private string[] Hooks() => _node.Exists("/hooks") ? _node.Read("/hooks").Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];

    private static Bundle Drained(Bundle bundle)
    {
        static BundleHook Log(string name) => new($"echo {name} >> $APPSTACK_ROOT/hooks", TimeSpan.FromSeconds(5));
        return bundle with
        {
            FileGroups = [bundle.FileGroups[0] with { Disruptive = true }],
            Drain = Log("drain"),
            Undrain = Log("undrain"),
            HealthGate = Log("gate"),
        };
    }

    private static Bundle Web(string content) => new()
    {
        Role = "web",
        Files = [new() { Path = Config, Content = content + "\n", Mode = "0640", Group = "web" }],
        FileGroups =
        [
            new()
            {
                Name = "web",
                Check = $"if grep -q broken {{{Config}}}; then echo \"line 1: no such directive '$(cat {{{Config}}})'\"; false; fi",
                Activation = BundleActivation.Reload("web.service"),
            },
        ],
        Units = [new("web.service")],
    };
}
