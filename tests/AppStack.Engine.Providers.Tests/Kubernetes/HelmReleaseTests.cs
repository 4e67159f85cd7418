using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes;
using AppStack.Engine.Providers.Kubernetes.Helm;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>Releases against a script that keeps releases in files and answers as helm does.</summary>
public sealed class HelmReleaseTests : IDisposable
{
    // Answers with the release's JSON as helm 3 prints it; writes down what it was told, with what kubeconfig, and who may read that.
    private const string Helm = """
        #!/bin/sh
        cd "$(dirname "$0")" || exit 9
        printf '%s\n' "$*" >> calls
        cp "$KUBECONFIG" seen 2>/dev/null && stat -c %a "$KUBECONFIG" > mode
        verb=$1 name=$2
        case "$verb" in
        install) [ -e "$name" ] && { echo 'Error: INSTALLATION FAILED: cannot re-use a name that is still in use' >&2; exit 1; }; revision=1 ;;
        upgrade) revision=$(( $(cat "$name.revision") + 1 )) ;;
        status) [ -e "$name" ] || { echo 'Error: release: not found' >&2; exit 1; }; cat "$name"; exit ;;
        uninstall) [ -e "$name" ] || { echo "Error: uninstall: Release not loaded: $name: release: not found" >&2; exit 1; }; rm "$name"; exit ;;
        esac
        echo "$revision" > "$name.revision"
        status=deployed; [ -e broken ] && status=failed
        printf '{"name":"%s","namespace":"apps","version":%s,"info":{"status":"%s"},"config":%s,"chart":{"metadata":{"name":"podinfo","version":"6.1.0","appVersion":"6.1"}}}' \
            "$name" "$revision" "$status" "$(cat)" > "$name"
        [ -e broken ] && { echo 'Error: INSTALLATION FAILED: timed out waiting for the condition' >&2; exit 1; }
        cat "$name"
        """;

    private const string Urn = "urn:pulumi:dev::project::kubernetes:helm.sh/v3:Release::web";

    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-helm-").FullName;
    private readonly KubernetesProvider _provider;

    public HelmReleaseTests()
    {
        Write("helm", Helm);
        File.SetUnixFileMode(InFolder("helm"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _provider = new KubernetesProvider(new BuiltInProviderOptions { SearchPath = _folder, WorkingDirectory = _folder });
    }

    public void Dispose()
    {
        _provider.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_release_is_installed_upgraded_read_and_removed_by_helm()
    {
        await ConfigureAsync();
        var inputs = await CheckedAsync("""{"chart":"podinfo","name":"web","namespace":"apps","version":"6.1.0","repositoryOpts":{"repo":"https://charts.example"},"createNamespace":true,"timeout":60,"values":{"replicas":2}}""");

        var created = await _provider.CreateAsync(new CreateRequest(Urn, HelmReleases.Type, "web", inputs, null, Preview: false, new Common.RecordingLog()), default);
        var changed = inputs.With("values", PropertyValue.Of(Json.Map("""{"replicas":3}"""))).With("maxHistory", PropertyValue.Of(5));
        var diff = await _provider.DiffAsync(new DiffRequest(Urn, HelmReleases.Type, created.Id, inputs, created.Outputs, changed, []), default);
        var updated = await _provider.UpdateAsync(
            new UpdateRequest(Urn, HelmReleases.Type, created.Id, inputs, created.Outputs, changed, [], null, Preview: false, new Common.RecordingLog()), default);
        var read = await _provider.ReadAsync(new ReadRequest(Urn, HelmReleases.Type, created.Id, changed, updated.Outputs, new Common.RecordingLog()), default);
        await DeleteAsync(created.Id, changed);
        await DeleteAsync(created.Id, changed);

        Assert.Equal("apps/web", created.Id);
        Assert.Equal(Json.Map("""{"appVersion":"6.1","chart":"podinfo","name":"web","namespace":"apps","revision":1,"status":"deployed","version":"6.1.0"}"""), created.Outputs.MapAt("status"));
        Assert.Equal(["maxHistory", "values"], diff.ChangedKeys.AsEnumerable());
        Assert.Empty(diff.ReplaceKeys.AsEnumerable());
        Assert.Equal(PropertyValue.Of(2), updated.Outputs.MapAt("status")["revision"]);
        Assert.Equal(changed, read.Inputs);
        Assert.Equal(updated.Outputs, read.Outputs);
        Assert.Equal(
            """
            install web podinfo --namespace apps --repo https://charts.example --version 6.1.0 --timeout 60s --output json --wait --values - --create-namespace
            upgrade web podinfo --namespace apps --repo https://charts.example --version 6.1.0 --timeout 60s --output json --wait --values - --history-max 5
            status web --namespace apps --output json
            uninstall web --namespace apps --timeout 60s --wait
            uninstall web --namespace apps --timeout 60s --wait

            """,
            File.ReadAllText(InFolder("calls")));
    }

    [Fact]
    public async Task Helm_gets_the_provider_s_kubeconfig_in_a_file_that_nobody_else_can_read_and_that_goes()
    {
        await ConfigureAsync(("context", PropertyValue.Of("gov")));
        await CreateAsync("""{"chart":"podinfo","name":"web","namespace":"apps"}""");

        Assert.Equal(Cluster.Kubeconfig, File.ReadAllText(InFolder("seen")));
        Assert.Equal("600\n", File.ReadAllText(InFolder("mode")));
        Assert.EndsWith("--kube-context gov\n", File.ReadAllText(InFolder("calls")), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath(), "appstack-kubeconfig-*"), file => File.ReadAllText(file) == Cluster.Kubeconfig);
    }

    [Fact]
    public async Task Secret_values_stay_secret_and_out_of_arguments()
    {
        await ConfigureAsync();
        var values = PropertyValue.Of(PropertyMap.Of(("password", PropertyValue.Of("hunter2").AsSecret())));
        var created = await CreateAsync(Json.Map("""{"chart":"podinfo","name":"web","namespace":"apps"}""").With("values", values));

        var read = await _provider.ReadAsync(new ReadRequest(Urn, HelmReleases.Type, created.Id, created.Outputs.Without("status"), created.Outputs, new Common.RecordingLog()), default);

        Assert.DoesNotContain("hunter2", File.ReadAllText(InFolder("calls")), StringComparison.Ordinal);
        Assert.Contains("hunter2", File.ReadAllText(InFolder("web")), StringComparison.Ordinal);
        Assert.True(created.Outputs["values"].ContainsSecrets);
        Assert.True(read.Inputs!["values"].ContainsSecrets);
        Assert.True(read.Outputs["values"].ContainsSecrets);
    }

    [Fact]
    public async Task A_release_that_did_not_become_ready_is_known_with_the_reason()
    {
        await ConfigureAsync();
        Write("broken", "");

        var exception = await Assert.ThrowsAsync<ProviderException>(() => CreateAsync("""{"chart":"podinfo","name":"web","namespace":"apps"}"""));

        Assert.Equal(ProviderOutcome.PartialFailure, exception.Outcome);
        Assert.Equal("apps/web", exception.Id);
        Assert.Equal("failed", exception.Outputs.TextAt("status", "status"));
        Assert.Equal("helm could not install the release apps/web: Error: INSTALLATION FAILED: timed out waiting for the condition", Assert.Single(exception.Reasons));
    }

    [Fact]
    public async Task What_helm_changed_by_hand_shows_in_a_refresh_and_what_it_removed_is_gone()
    {
        await ConfigureAsync();
        var created = await CreateAsync("""{"chart":"podinfo","name":"web","namespace":"apps","values":{"replicas":2}}""");
        Write("web", File.ReadAllText(InFolder("web")).Replace("\"replicas\":2", "\"replicas\":7", StringComparison.Ordinal));

        var read = await ReadAsync(created);
        File.Delete(InFolder("web"));
        var gone = await ReadAsync(created);

        Assert.Equal(Json.Map("""{"replicas":7}"""), read.Inputs!.MapAt("values"));
        Assert.Equal("", gone.Id);

        Task<ReadResult> ReadAsync(CreateResult of) =>
            _provider.ReadAsync(new ReadRequest(Urn, HelmReleases.Type, of.Id, of.Outputs.Without("status"), of.Outputs, new Common.RecordingLog()), default);
    }

    [Fact]
    public async Task An_import_takes_what_the_release_tells_of_itself()
    {
        await ConfigureAsync();
        await CreateAsync("""{"chart":"podinfo","name":"web","namespace":"apps","values":{"replicas":2}}""");

        var read = await _provider.ReadAsync(new ReadRequest(Urn, HelmReleases.Type, "apps/web", PropertyMap.Empty, PropertyMap.Empty, new Common.RecordingLog()), default);

        Assert.Equal(Json.Map("""{"chart":"podinfo","name":"web","namespace":"apps","version":"6.1.0","values":{"replicas":2}}"""), read.Inputs);
    }

    [Fact]
    public async Task A_release_without_a_name_gets_one_and_keeps_it_and_its_place_is_what_replaces_it()
    {
        await ConfigureAsync();
        var first = await CheckedAsync("""{"chart":"podinfo"}""");
        var again = await CheckedAsync("""{"chart":"podinfo"}""", first);
        var moved = await CheckedAsync("""{"chart":"podinfo","namespace":"elsewhere"}""", first);
        var diff = await _provider.DiffAsync(new DiffRequest(Urn, HelmReleases.Type, "default/x", first, first, moved, []), default);

        Assert.Matches("^web-[0-9a-f]{8}$", first.TextAt("name"));
        Assert.Equal(first, again);
        Assert.Equal("default", first.TextAt("namespace"));
        Assert.Equal(["namespace"], diff.ReplaceKeys.AsEnumerable());
    }

    [Fact]
    public async Task A_changed_file_of_a_local_chart_is_a_change()
    {
        await ConfigureAsync();
        Directory.CreateDirectory(InFolder("charts"));
        Write("charts/Chart.yaml", "name: a");
        var before = await CheckedAsync("""{"chart":"./charts","name":"web"}""");
        Write("charts/Chart.yaml", "name: b");
        var after = await CheckedAsync("""{"chart":"./charts","name":"web"}""");

        var diff = await _provider.DiffAsync(new DiffRequest(Urn, HelmReleases.Type, "default/web", before, before, after, []), default);

        Assert.Equal(["checksum"], diff.ChangedKeys.AsEnumerable());
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        await ConfigureAsync();

        var check = await _provider.CheckAsync(
            new CheckRequest(Urn, HelmReleases.Type, null, Json.Map("""{"postrender":"x","repositoryOpts":{"password":"p"},"resetValues":true,"reuseValues":true,"timeout":"1m"}""")), default);

        Assert.Equal(["chart", "postrender", "repositoryOpts.password", "reuseValues", "timeout"], check.Failures.Select(failure => failure.Property).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_preview_asks_nobody()
    {
        await ConfigureAsync();
        var inputs = await CheckedAsync("""{"chart":"podinfo","name":"web"}""");

        var created = await _provider.CreateAsync(new CreateRequest(Urn, HelmReleases.Type, "web", inputs, null, Preview: true, new Common.RecordingLog()), default);

        Assert.True(created.Outputs["status"].ContainsUnknowns);
        Assert.False(File.Exists(InFolder("calls")));
    }

    private Task ConfigureAsync(params (string Name, PropertyValue Value)[] settings) =>
        _provider.ConfigureAsync(PropertyMap.Of([("kubeconfig", PropertyValue.Of(Cluster.Kubeconfig)), .. settings]), default);

    private Task<PropertyMap> CheckedAsync(string inputs, PropertyMap? old = null) => CheckedAsync(Json.Map(inputs), old);

    private async Task<PropertyMap> CheckedAsync(PropertyMap inputs, PropertyMap? old = null)
    {
        var check = await _provider.CheckAsync(new CheckRequest(Urn, HelmReleases.Type, old, inputs), default);
        Assert.Empty(check.Failures);
        return check.Inputs;
    }

    private Task<CreateResult> CreateAsync(string inputs) => CreateAsync(Json.Map(inputs));

    private async Task<CreateResult> CreateAsync(PropertyMap inputs) =>
        await _provider.CreateAsync(new CreateRequest(Urn, HelmReleases.Type, "web", await CheckedAsync(inputs), null, Preview: false, new Common.RecordingLog()), default);

    private Task DeleteAsync(string id, PropertyMap inputs) =>
        _provider.DeleteAsync(new DeleteRequest(Urn, HelmReleases.Type, id, inputs, inputs, null, new Common.RecordingLog()), default);

    private string InFolder(string file) => Path.Combine(_folder, file);

    private void Write(string file, string content) => File.WriteAllText(InFolder(file), content);
}
