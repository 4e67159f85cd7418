using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes;
using AppStack.Engine.Providers.Kubernetes.Helm;
using AppStack.Engine.Providers.Tests.Common;

namespace AppStack.Engine.Providers.Tests.Kubernetes;

/// <summary>What helm is asked for, and what is made of its answer; the program itself is a script.</summary>
public sealed class HelmTemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-helm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Helm_gets_the_chart_as_arguments_and_the_values_on_its_input()
    {
        Install("printf '%s\\n' \"$*\" >&2; cat >&2; exit 3");

        var exception = await Assert.ThrowsAsync<ProviderException>(() => InvokeAsync(
            """{"chart":"podinfo","name":"web","namespace":"apps","repo":"https://charts.example","version":"1.2.3","values":{"replicas":2,"image":{"tag":"a b"}}}"""));

        Assert.Equal(
            """
            helm could not render the chart podinfo: exit status 3: template web podinfo --namespace apps --repo https://charts.example --version 1.2.3 --include-crds --no-hooks --values -
            {"image":{"tag":"a b"},"replicas":2}
            """,
            exception.Message);
    }

    [Fact]
    public async Task Objects_that_leave_their_namespace_open_get_that_of_the_release()
    {
        Install("""
            cat >/dev/null; cat <<'END'
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: open }
            data: { mode: "0644" }
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: closed, namespace: other }
            ---
            apiVersion: v1
            kind: Namespace
            metadata: { name: none }
            END
            """);

        var response = await InvokeAsync("""{"chart":"podinfo","name":"web","namespace":"apps"}""");

        var manifests = ((PropertyValue.Text)response.Result["manifests"]).Value;
        Assert.Equal(["namespace: apps", "namespace: other"], manifests.Split('\n', ',', '{', '}').Select(part => part.Trim()).Where(part => part.StartsWith("namespace:", StringComparison.Ordinal)));
        Assert.Contains("\"0644\"", manifests, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_helm_it_is_said_what_to_do()
    {
        var exception = await Assert.ThrowsAsync<ProviderException>(() => InvokeAsync("""{"chart":"podinfo","name":"web"}"""));

        Assert.StartsWith("The chart podinfo needs the program `helm`, which is not in PATH. Install it", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_values_are_refused()
    {
        var arguments = Json.Map("""{"chart":"podinfo","name":"web"}""").With("values", PropertyValue.Of(PropertyMap.Of(("password", PropertyValue.Of("p").AsSecret()))));

        var failure = Assert.Single((await InvokeAsync(arguments)).Failures);

        Assert.StartsWith("must not be secret", failure.Reason, StringComparison.Ordinal);
    }

    private void Install(string script)
    {
        var path = Path.Combine(_folder, "helm");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<InvokeResponse> InvokeAsync(string arguments) => InvokeAsync(Json.Map(arguments));

    private async Task<InvokeResponse> InvokeAsync(PropertyMap arguments)
    {
        using var provider = new KubernetesProvider(new BuiltInProviderOptions { SearchPath = _folder, WorkingDirectory = _folder });
        return await provider.InvokeAsync(HelmTemplateFunction.Token, arguments, new RecordingLog(), default);
    }
}
