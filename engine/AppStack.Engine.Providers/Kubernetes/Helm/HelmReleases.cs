using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Helm;

/// <summary>
/// <c>kubernetes:helm.sh/v3:Release</c>: a release that helm itself installs and remembers, one resource for all of its objects. What differs from
/// the official provider, which has helm built in, is in docs/providers.md.
/// </summary>
internal sealed class HelmReleases(HelmProgram helm, ClusterConnection cluster, string directory)
{
    public const string Type = "kubernetes:helm.sh/v3:Release";

    // Tells when a chart that is a folder or a file of this machine changed.
    private const string Checksum = "checksum";

    private const int DefaultTimeoutSeconds = 300;

    // For questions, which go to the cluster only.
    private static readonly TimeSpan Question = TimeSpan.FromMinutes(1);

    // What helm itself needs after its own limit, to say why.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly InputSchema Schema = new(
    [
        new("chart", InputKind.Text, Required: true),
        new(Checksum, InputKind.Text),
        new("description", InputKind.Text),
        new("keyring", InputKind.Text),
        new("maxHistory", InputKind.Integer),
        new("name", InputKind.Text, Replaces: true),
        new("namespace", InputKind.Text, Replaces: true),
        new("repositoryOpts", InputKind.Object),
        new("timeout", InputKind.Integer),
        new("values", InputKind.Object),
        new("version", InputKind.Text),
        .. ReleaseArguments.Switches.Select(name => new InputProperty(name, InputKind.Bool)),
    ]);

    private static readonly string[] RepositoryOptions = ["repo", "caFile", "certFile", "keyFile"];

    public async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var check = Schema.Check(PropertyMap.Of(request.NewInputs.Where(input => input.Key != "compat")));
        var failures = check.Failures.AddRange(Problems(check.Inputs));
        if (failures.Length > 0)
        {
            return check with { Failures = failures };
        }

        var inputs = check.Inputs;
        if (!inputs.ContainsKey("namespace"))
        {
            inputs = inputs.With("namespace", PropertyValue.Of(cluster.DefaultNamespace));
        }

        if (!inputs.ContainsKey("name"))
        {
            // As officially. helm allows 53 characters, because chart authors append to it.
            var resource = request.Urn[(request.Urn.LastIndexOf("::", StringComparison.Ordinal) + 2)..];
            inputs = inputs.With("name", PropertyValue.Of(request.OldInputs?.Text("name") ?? $"{resource}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
        }

        return CheckResult.Ok(await WithChecksumAsync(inputs, cancellationToken));
    }

    public DiffResult Diff(DiffRequest request) => Schema.Diff(request);

    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new CreateResult("", request.Inputs.With("status", PropertyValue.Unknown.Instance));
        }

        var outputs = await ApplyAsync(request.Inputs, ReleaseArguments.Install, "install", request.Timeout, cancellationToken);
        return new CreateResult(Id(request.Inputs), outputs);
    }

    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return new UpdateResult(request.NewInputs.With("status", PropertyValue.Unknown.Instance));
        }

        return new UpdateResult(await ApplyAsync(request.NewInputs, ReleaseArguments.Upgrade, "upgrade", request.Timeout, cancellationToken));
    }

    public async Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var (space, name) = Manifest.ParseId(request.Id);
        space = space.Length > 0 ? space : cluster.DefaultNamespace;
        if (await FindAsync(space, name, cancellationToken) is not { } release)
        {
            return ReadResult.Gone;
        }

        var inputs = Inputs(request.Inputs, release, space, name);
        return new ReadResult($"{space}/{name}", Outputs(inputs, release), inputs);
    }

    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var (space, name) = Manifest.ParseId(request.Id);
        var timeout = Timeout(request.OldInputs, request.Timeout);
        var purpose = $"uninstall the release {space}/{name}";
        var waiting = request.OldInputs.Bool("skipAwait") == true ? Array.Empty<string>() : ["--wait"];
        string[] hooks = request.OldInputs.Bool("disableWebhooks") == true ? ["--no-hooks"] : [];
        var result = await RunAsync(
            purpose,
            request.OldInputs.Text("chart") ?? name,
            ["uninstall", name, "--namespace", space, "--timeout", ReleaseArguments.Seconds(timeout), .. waiting, .. hooks],
            stdin: null,
            timeout + Grace,
            cancellationToken);
        if (!IsGone(result))
        {
            HelmProgram.Stdout(purpose, result);
        }
    }

    private static IEnumerable<CheckFailure> Problems(PropertyMap inputs)
    {
        foreach (var option in (inputs.Object("repositoryOpts") ?? PropertyMap.Empty).Keys.Except(RepositoryOptions, StringComparer.Ordinal))
        {
            yield return new CheckFailure(
                $"repositoryOpts.{option}",
                $"is not supported, because helm takes passwords as arguments, which everybody on the machine sees; supported are {string.Join(", ", RepositoryOptions)}. Use `helm registry login` and an oci:// chart");
        }

        if (inputs.Bool("resetValues") == true && inputs.Bool("reuseValues") == true)
        {
            yield return new CheckFailure("reuseValues", "contradicts resetValues; give one of them");
        }

        if (inputs.Text("name") is { } name && (name.Length is 0 or > 53))
        {
            yield return new CheckFailure("name", "must have 1 to 53 characters, which is what helm allows");
        }
    }

    private async Task<PropertyMap> WithChecksumAsync(PropertyMap inputs, CancellationToken cancellationToken)
    {
        var path = inputs.Text("chart") is { } chart ? Path.GetFullPath(chart, directory) : "";
        if (Directory.Exists(path) || File.Exists(path))
        {
            var hashed = (PropertyValue.Archive)await AssetHash.EnsureAsync(new PropertyValue.Archive(Hash: "", Path: path), directory, cancellationToken);
            return inputs.With(Checksum, PropertyValue.Of(hashed.Hash));
        }

        return inputs;
    }

    private async Task<PropertyMap> ApplyAsync(
        PropertyMap inputs, Func<PropertyMap, TimeSpan, IEnumerable<string>> arguments, string verb, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var timeout = Timeout(inputs, limit);
        var purpose = $"{verb} the release {Id(inputs)}";
        var values = Encoding.UTF8.GetString(ManifestJson.Write(inputs.Object("values") ?? PropertyMap.Empty));
        var result = await RunAsync(purpose, inputs.Text("chart")!, arguments(inputs, timeout), values, timeout + Grace, cancellationToken);
        if (result.ExitCode == 0)
        {
            return Outputs(inputs, Release(purpose, result.Stdout));
        }

        // A release whose objects did not become ready is there all the same, unless it was atomic.
        return await FindAsync(inputs.Text("namespace")!, inputs.Text("name")!, cancellationToken) is { } release
            ? throw ProviderException.Partial(Id(inputs), Outputs(inputs, release), [$"helm could not {purpose}: {result.Stderr.Trim()}"])
            : throw new ProviderException($"helm could not {purpose}: exit status {result.ExitCode}: {result.Stderr.Trim()}");
    }

    private async Task<PropertyMap?> FindAsync(string space, string name, CancellationToken cancellationToken)
    {
        var purpose = $"read the release {space}/{name}";
        var result = await RunAsync(purpose, name, ["status", name, "--namespace", space, "--output", "json"], stdin: null, Question, cancellationToken);
        return IsGone(result) ? null : Release(purpose, HelmProgram.Stdout(purpose, result));
    }

    private async Task<Command.LocalResult> RunAsync(
        string purpose, string chart, IEnumerable<string> arguments, string? stdin, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (cluster.Settings.Cluster is not null)
        {
            throw new ProviderException("helm cannot be told another cluster than that of the context; leave the provider's `cluster` out and name a context.");
        }

        string[] context = cluster.Settings.Context is { } name ? ["--kube-context", name] : [];
        using var kubeconfig = KubeconfigFile.For(cluster.Settings);
        return await helm.TryAsync(purpose, chart, [.. arguments, .. context], stdin, kubeconfig.Path, limit, cancellationToken);
    }

    private static bool IsGone(Command.LocalResult result) => result.ExitCode != 0 && result.Stderr.Contains("release: not found", StringComparison.Ordinal);

    private static PropertyMap Release(string purpose, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return ManifestJson.ReadObject(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ProviderException($"helm could not {purpose}: what it printed is no JSON object: {exception.Message}", exception);
        }
    }

    private static PropertyMap Outputs(PropertyMap inputs, PropertyMap release) => inputs.With("status", PropertyValue.Of(PropertyMap.Of(
        ("appVersion", PropertyValue.Of(release.TextAt("chart", "metadata", "appVersion"))),
        ("chart", PropertyValue.Of(release.TextAt("chart", "metadata", "name"))),
        ("name", PropertyValue.Of(release.TextAt("name"))),
        ("namespace", PropertyValue.Of(release.TextAt("namespace"))),
        ("revision", release.Find("version") ?? PropertyValue.Null.Instance),
        ("status", PropertyValue.Of(release.TextAt("info", "status"))),
        ("version", PropertyValue.Of(release.TextAt("chart", "metadata", "version"))))));

    // For a refresh what was given, with the values that the release has; for an import what the release tells of itself.
    private static PropertyMap Inputs(PropertyMap former, PropertyMap release, string space, string name)
    {
        var inputs = former.Count > 0
            ? former
            : PropertyMap.Of(
                ("chart", PropertyValue.Of(release.TextAt("chart", "metadata", "name"))),
                ("name", PropertyValue.Of(name)),
                ("namespace", PropertyValue.Of(space)),
                ("version", PropertyValue.Of(release.TextAt("chart", "metadata", "version"))));
        var values = release.Object("config") ?? PropertyMap.Empty;
        return values.Count == 0 && (former.Object("values") ?? PropertyMap.Empty).Count == 0
            ? inputs
            : Checkpoint.MarkSecrets(inputs.With("values", PropertyValue.Of(values)), former);
    }

    private static string Id(PropertyMap inputs) => $"{inputs.Text("namespace")}/{inputs.Text("name")}";

    private static TimeSpan Timeout(PropertyMap inputs, TimeSpan? limit) => limit ?? TimeSpan.FromSeconds(inputs.Integer("timeout") ?? DefaultTimeoutSeconds);
}
