using System.Globalization;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Kubernetes.Helm;

/// <summary>What helm is told of a release. Values are not among it: they come on its input, because they may be secret.</summary>
internal static class ReleaseArguments
{
    private static readonly (string Input, string Option)[] SwitchesOfBoth =
    [
        ("atomic", "--atomic"), ("dependencyUpdate", "--dependency-update"), ("devel", "--devel"), ("disableOpenapiValidation", "--disable-openapi-validation"),
        ("disableWebhooks", "--no-hooks"), ("renderSubchartNotes", "--render-subchart-notes"), ("skipCrds", "--skip-crds"), ("verify", "--verify"), ("waitForJobs", "--wait-for-jobs"),
    ];

    private static readonly (string Input, string Option)[] SwitchesOfInstall = [("createNamespace", "--create-namespace"), ("replace", "--replace")];

    private static readonly (string Input, string Option)[] SwitchesOfUpgrade =
        [("cleanupOnFail", "--cleanup-on-fail"), ("forceUpdate", "--force"), ("resetValues", "--reset-values"), ("reuseValues", "--reuse-values")];

    /// <summary>Inputs that are switches.</summary>
    public static IEnumerable<string> Switches => SwitchesOfBoth.Concat(SwitchesOfInstall).Concat(SwitchesOfUpgrade).Select(pair => pair.Input).Append("skipAwait");

    /// <summary>To make a release.</summary>
    public static IEnumerable<string> Install(PropertyMap inputs, TimeSpan timeout) => ["install", .. Common(inputs, timeout), .. Set(inputs, SwitchesOfInstall)];

    /// <summary>To make a new revision of it.</summary>
    public static IEnumerable<string> Upgrade(PropertyMap inputs, TimeSpan timeout)
    {
        var history = inputs.Integer("maxHistory") is { } most ? new[] { "--history-max", most.ToString(CultureInfo.InvariantCulture) } : [];
        return ["upgrade", .. Common(inputs, timeout), .. Set(inputs, SwitchesOfUpgrade), .. history];
    }

    private static IEnumerable<string> Common(PropertyMap inputs, TimeSpan timeout)
    {
        var repository = inputs.Object("repositoryOpts") ?? PropertyMap.Empty;
        (string Option, string? Value)[] values =
        [
            ("--namespace", inputs.Text("namespace")),
            ("--repo", repository.Text("repo")),
            ("--ca-file", repository.Text("caFile")),
            ("--cert-file", repository.Text("certFile")),
            ("--key-file", repository.Text("keyFile")),
            ("--version", inputs.Text("version")),
            ("--description", inputs.Text("description")),
            ("--keyring", inputs.Text("keyring")),
            ("--timeout", Seconds(timeout)),
            ("--output", "json"),
        ];
        return
        [
            inputs.Text("name")!,
            inputs.Text("chart")!,
            .. values.Where(pair => pair.Value is { Length: > 0 }).SelectMany(pair => new[] { pair.Option, pair.Value! }),
            .. inputs.Bool("skipAwait") == true ? Array.Empty<string>() : ["--wait"],
            .. Set(inputs, SwitchesOfBoth),
            "--values",
            "-",
        ];
    }

    /// <summary>A time as helm reads it.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s");

    private static IEnumerable<string> Set(PropertyMap inputs, IEnumerable<(string Input, string Option)> switches) =>
        switches.Where(pair => inputs.Bool(pair.Input) == true).Select(pair => pair.Option);
}
