using System.Diagnostics;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Testing;

namespace AppStack.Components.Tests.Kubernetes.Waf;

/// <summary>The script, run with the perl that every Debian has, on a few rules in the manner of CRS.</summary>
public sealed class CrsScriptTests : IDisposable
{
    private const string PackageRules = "/usr/share/modsecurity-crs/rules";

    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-crs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Rules_for_a_level(string level)
    {
        Write();

        Snapshot.Verify((await RunAsync("rules", level)).Replace(_folder, "FOLDER", StringComparison.Ordinal), "conf", level);
    }

    [Fact]
    public async Task The_catalogue()
    {
        Write();

        Snapshot.Verify(await RunAsync("catalogue"), "tsv");
    }

    [Fact]
    public async Task A_rule_that_is_not_understood_is_not_left_out_in_silence()
    {
        File.WriteAllText(Path.Combine(_folder, "REQUEST-942-X.conf"), "SecRule ARGS \"@rx a\" \"id:1\" surprise\n");

        Assert.Contains("not understood: SecRule ARGS", (await TryAsync("rules", "1")).Errors);
    }

    [Fact]
    public async Task The_checked_in_catalogue_is_that_of_the_package()
    {
        if (!Directory.Exists(PackageRules))
        {
            return;
        }

        using var stream = typeof(CrsCatalogue).Assembly.GetManifestResourceStream("AppStack.Components.Kubernetes.Waf.crs-3.3.4.tsv")!;
        using var reader = new StreamReader(stream);
        Assert.Equal(await reader.ReadToEndAsync(), (await PerlAsync("catalogue", PackageRules)).Output);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, errors) = await TryAsync(arguments);
        Assert.Equal((0, ""), (code, errors));
        return output;
    }

    private Task<(int ExitCode, string Output, string Errors)> TryAsync(params string[] arguments) => PerlAsync([.. arguments, _folder]);

    private async Task<(int ExitCode, string Output, string Errors)> PerlAsync(params string[] arguments)
    {
        var script = Path.Combine(_folder, CrsScript.Name);
        await File.WriteAllTextAsync(script, CrsScript.Text);
        using var process = Process.Start(new ProcessStartInfo("perl", [script, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, texts[0], texts[1]);
    }

    private void Write()
    {
        File.WriteAllText(Path.Combine(_folder, "REQUEST-901-INITIALIZATION.conf"), """
            # A comment.
            SecComponentSignature "OWASP_CRS/3.3.4"
            SecRule &TX:crs_setup_version "@eq 0" \
                "id:901001,\
                phase:1,\
                deny,\
                msg:'no settings'"
            SecRule &TX:paranoia_level "@eq 0" "id:901120,phase:1,pass,nolog,setvar:'tx.paranoia_level=1'"
            SecAction "id:901321,phase:1,pass,nolog,initcol:global=global,initcol:ip=%{remote_addr}_%{tx.ua_hash},setvar:'tx.real_ip=%{remote_addr}'"
            SecRule TX:sampling_percentage "@eq 100" "id:901400,phase:1,pass,nolog,skipAfter:END-SAMPLING"
            SecRule UNIQUE_ID "@rx ^." "id:901410,phase:1,pass,nolog,setvar:'tx.sampling_rnd100=%{MATCHED_VAR}'"
            SecMarker "END-SAMPLING"

            """);
        File.WriteAllText(Path.Combine(_folder, "REQUEST-912-DOS-PROTECTION.conf"), "SecRule IP:DOS_BLOCK \"@eq 1\" \"id:912120,phase:1,drop\"\n");
        File.WriteAllText(Path.Combine(_folder, "REQUEST-942-SQLI.conf"), """
            SecRule TX:EXECUTING_PARANOIA_LEVEL "@lt 1" "id:942011,phase:1,pass,nolog,skipAfter:END-942"
            SecRule TX:EXECUTING_PARANOIA_LEVEL "@lt 1" "id:942012,phase:2,pass,nolog,skipAfter:END-942"
            SecRule ARGS|XML:/* "@rx \"a\"" "id:942100,phase:2,block,t:none,tag:'attack-sqli',tag:'paranoia-level/1',tag:'OWASP_CRS'"
            SecRule ARGS_NAMES|!ARGS_NAMES:/x/ "@pmFromFile names.data" "id:942110,phase:2,block,t:none,tag:'attack-sqli',tag:'paranoia-level/1'"
            SecRule REQUEST_COOKIES "!@rx b" "id:942120,phase:2,block,t:none,tag:'attack-sqli',tag:'paranoia-level/1',chain"
                SecRule REQUEST_HEADERS:Host "@streq c" "t:none,setvar:'tx.anomaly_score_pl1=+5'"
            SecRule REQUEST_HEADERS:User-Agent|ARGS "@rx d" "id:942130,phase:2,block,tag:'paranoia-level/1'"
            SecRule ARGS "@rx e" "id:942140,phase:2,block,tag:'paranoia-level/1'"
            SecRule ARGS "@rx f" "id:942150,phase:2,block,tag:'paranoia-level/1'"
            SecRule TX:EXECUTING_PARANOIA_LEVEL "@lt 2" "id:942013,phase:1,pass,nolog,skipAfter:END-942"
            SecRule TX:EXECUTING_PARANOIA_LEVEL "@lt 2" "id:942014,phase:2,pass,nolog,skipAfter:END-942"
            SecRule ARGS "@rx g" "id:942200,phase:2,block,tag:'paranoia-level/2'"
            SecRule TX:EXECUTING_PARANOIA_LEVEL "@lt 3" "id:942015,phase:1,pass,nolog,skipAfter:END-942"
            SecRule TX:EXECUTING_PARANOIA_LEVEL "@lt 3" "id:942016,phase:2,pass,nolog,skipAfter:END-942"
            SecRule ARGS "@rx h" "id:942300,phase:2,block,tag:'paranoia-level/3'"
            SecMarker "END-942"

            """);
        File.WriteAllText(Path.Combine(_folder, "RESPONSE-951-SQL.conf"), """
            SecRule TX:sql_error_match "@eq 1" "id:951110,phase:4,block,t:none,tag:'paranoia-level/1',chain"
                SecRule RESPONSE_BODY "@rx a"
            SecRule TX:sql_error_match "@eq 1" "id:951120,phase:4,block,t:none,tag:'paranoia-level/1'"
            SecRule TX:sql_error_match "@eq 1" "id:951130,phase:4,block,t:none,tag:'paranoia-level/1'"
            SecRule RESPONSE_BODY "@rx b" "id:951200,phase:4,block,t:none,tag:'paranoia-level/1'"
            SecRule RESPONSE_BODY "@rx c" "id:951210,phase:4,block,t:none,tag:'paranoia-level/1'"
            SecRule RESPONSE_BODY "@rx d" "id:951220,phase:4,block,t:none,tag:'paranoia-level/1'"

            """);
    }
}
