using System.Diagnostics;
using System.Text.Json;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Tests.Nodes;

/// <summary>
/// A "node" below a temporary folder: the real scripts run in a real Perl, with fakes of systemctl, dpkg and apt in front of
/// the path. A file <c>on/&lt;command&gt;</c>, e.g. <c>on/systemctl-reload-web.service</c>, is run in place of success.
/// </summary>
internal sealed class TemporaryNode : IDisposable
{
    private const string Prelude = """
        #!/bin/sh
        name=$(basename "$0")
        echo "$name $*" >> "$APPSTACK_ROOT/calls"
        on() { if [ -e "$APPSTACK_ROOT/on/$1" ]; then . "$APPSTACK_ROOT/on/$1"; fi; }

        """;

    private const string Systemctl = Prelude + """
        verb= ; units= ; skip=
        for a in "$@"; do
            case $a in
            --quiet|--) ;;
            -p) skip=1 ;;
            *) if [ -n "$skip" ]; then skip= ; elif [ -z "$verb" ]; then verb=$a; else units="$units $a"; fi ;;
            esac
        done
        [ "$verb" = daemon-reload ] && exit 0
        for u in $units; do
            s="$APPSTACK_ROOT/units/$u"
            mkdir -p "$s"
            [ "$verb" = show ] || on "systemctl-$verb-$u"
            case $verb in
            show) printf 'Id=%s\nLoadState=loaded\nActiveState=%s\nSubState=x\nUnitFileState=%s\n\n' "$u" "$(cat "$s/active" 2>/dev/null || echo inactive)" "$(cat "$s/file" 2>/dev/null || echo disabled)" ;;
            start|restart) echo active > "$s/active" ;;
            stop) echo inactive > "$s/active" ;;
            enable) echo enabled > "$s/file" ;;
            disable|unmask) echo disabled > "$s/file" ;;
            mask) echo masked > "$s/file" ;;
            esac
        done
        """;

    private const string DpkgQuery = Prelude + """
        for p in "$@"; do
            [ -e "$APPSTACK_ROOT/packages/$p" ] && printf '%s\t%s\tinstalled\n' "$p" "$(cat "$APPSTACK_ROOT/packages/$p")"
        done
        exit 0
        """;

    private const string AptGet = Prelude + """
        [ -e "$APPSTACK_ROOT/usr/sbin/policy-rc.d" ] && echo "daemons are held back" >> "$APPSTACK_ROOT/calls"
        case " $* " in
        *" install "*)
            for p in "$@"; do
                case $p in -*|*::*|install) ;; *) on apt-get-install; mkdir -p "$APPSTACK_ROOT/packages"; echo 1.0 > "$APPSTACK_ROOT/packages/${p%%=*}" ;; esac
            done ;;
        *" update ") on apt-get-update ;;
        esac
        exit 0
        """;

    private const string AptCache = Prelude + """
        for p in "$@"; do :; done
        printf '%s:\n  Installed: (none)\n  Candidate: %s\n' "$p" "$(cat "$APPSTACK_ROOT/candidates/$p" 2>/dev/null || echo '(none)')"
        """;

    public TemporaryNode()
    {
        Root = Directory.CreateTempSubdirectory("appstack-node-").FullName;
        foreach (var folder in new[] { "bin", "on", "units", "packages" })
        {
            Directory.CreateDirectory(Path.Combine(Root, folder));
        }

        Executable("bin/systemctl", Systemctl);
        Executable("bin/dpkg-query", DpkgQuery);
        Executable("bin/apt-get", AptGet);
        Executable("bin/apt-cache", AptCache);
        Executable("bin/journalctl", Prelude + "cat \"$APPSTACK_ROOT/journal\" 2>/dev/null; exit 0\n");
    }

    public string Root { get; }

    /// <summary>Value of SSH_CONNECTION, which sshd sets.</summary>
    public string? SshConnection { get; set; }

    /// <summary>What the fakes were asked since the last look, without questions that change nothing.</summary>
    public IReadOnlyList<string> TakeCalls()
    {
        var path = Path.Combine(Root, "calls");
        var calls = File.Exists(path) ? File.ReadAllLines(path) : [];
        File.Delete(path);
        return [.. calls.Where(c => !c.StartsWith("systemctl show", StringComparison.Ordinal) && !c.StartsWith("dpkg-query", StringComparison.Ordinal) && !c.StartsWith("apt-cache", StringComparison.Ordinal))];
    }

    public string PathOf(string path) => Root + path;

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public bool Exists(string path) => File.Exists(PathOf(path));

    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), content);
    }

    /// <summary>Shell text that runs before the fake does what it is asked; <c>exit 1</c> makes it fail.</summary>
    public void On(string command, string script) => File.WriteAllText(Path.Combine(Root, "on", command), script);

    public void Forget(string command) => File.Delete(Path.Combine(Root, "on", command));

    public string UnitState(string unit)
        => File.Exists(Path.Combine(Root, "units", unit, "active")) ? File.ReadAllText(Path.Combine(Root, "units", unit, "active")).Trim() : "inactive";

    public void SetUnitState(string unit, string state) => Write($"/units/{unit}/active", state + "\n");

    public Task<NodeAnswer> ApplyAsync(Bundle bundle) => RunAsync("apply", BundleRenderer.Payload(bundle));

    public Task<NodeAnswer> RemoveAsync(Bundle bundle) => RunAsync("remove", BundleRenderer.Payload(bundle));

    public async Task<DriftReport> DriftAsync() => DriftCheck.Parse((await RunAsync("", DriftCheck.Script)).Output);

    public async Task<NodeAnswer> RunAsync(string verb, string payload)
    {
        var start = new ProcessStartInfo("perl", $"- {verb}") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["APPSTACK_ROOT"] = Root;
        start.Environment["PATH"] = Path.Combine(Root, "bin") + ":/usr/bin:/bin";
        start.Environment.Remove("SSH_CONNECTION");
        if (SshConnection is not null)
        {
            start.Environment["SSH_CONNECTION"] = SshConnection;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(payload);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Executable(string path, string content)
    {
        var full = Path.Combine(Root, path);
        File.WriteAllText(full, content.Replace("\r", "", StringComparison.Ordinal));
        File.SetUnixFileMode(full, (UnixFileMode)0b111_101_101);
    }
}

/// <summary>What a script on the node answered.</summary>
internal sealed record NodeAnswer(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public bool Changed => Json.GetProperty("changed").GetBoolean();

    public bool RolledBack => Json.TryGetProperty("rolledBack", out var value) && value.GetBoolean();

    public IReadOnlyList<string> Activated => [.. Json.GetProperty("activated").EnumerateArray().Select(a => a.GetString()!)];

    public IReadOnlyList<string> Files => [.. Json.GetProperty("files").EnumerateArray().Select(f => $"{f.GetProperty("change").GetString()} {f.GetProperty("path").GetString()}")];

    public NodeAnswer ShouldSucceed()
    {
        Assert.True(ExitCode == 0, Output + Errors);
        return this;
    }

    public NodeAnswer ShouldFail()
    {
        Assert.True(ExitCode == 1, Output + Errors);
        return this;
    }
}
