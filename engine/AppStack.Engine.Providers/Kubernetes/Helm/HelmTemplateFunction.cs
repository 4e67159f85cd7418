using System.Text;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes.Helm;

/// <summary><c>kubernetes:helm:template</c>: what a chart renders to.</summary>
internal sealed class HelmTemplateFunction(HelmProgram helm)
{
    public const string Token = "kubernetes:helm:template";

    // Charts come over the network; a repository that does not answer must not hold a deployment for ever.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly InputSchema Schema = new(
        new("chart", InputKind.Text, Required: true),
        new("name", InputKind.Text, Required: true),
        new("namespace", InputKind.Text),
        new("repo", InputKind.Text),
        new("version", InputKind.Text),
        new("values", InputKind.Object),
        new("skipCrds", InputKind.Bool),
        new("includeHooks", InputKind.Bool),
        new("dependencyUpdate", InputKind.Bool),
        new("devel", InputKind.Bool));

    public async Task<InvokeResponse> InvokeAsync(PropertyMap arguments, CancellationToken cancellationToken)
    {
        var check = Schema.Check(arguments);
        if (check.Inputs.Find("values") is { ContainsSecrets: true })
        {
            check = check with
            {
                Failures = check.Failures.Add(new CheckFailure(
                    "values", "must not be secret: what the chart makes of them would stand in state in clear; make a Secret and give the chart its name")),
            };
        }

        if (check.Failures.Length > 0)
        {
            return new InvokeResponse(PropertyMap.Empty, check.Failures);
        }

        var manifests = await RenderAsync(check.Inputs, cancellationToken);
        return new InvokeResponse(PropertyMap.Of(("manifests", PropertyValue.Of(ManifestNamespace.Fill(manifests, check.Inputs.Text("namespace"))))), []);
    }

    private Task<string> RenderAsync(PropertyMap inputs, CancellationToken cancellationToken)
    {
        var chart = inputs.Text("chart")!;
        var values = Encoding.UTF8.GetString(ManifestJson.Write(inputs.Object("values") ?? PropertyMap.Empty));
        return helm.RunAsync($"render the chart {chart}", chart, Arguments(inputs), values, kubeconfig: null, Limit, cancellationToken);
    }

    private static IEnumerable<string> Arguments(PropertyMap inputs)
    {
        yield return "template";
        yield return inputs.Text("name")!;
        yield return inputs.Text("chart")!;
        foreach (var (input, option) in new[] { ("namespace", "--namespace"), ("repo", "--repo"), ("version", "--version") })
        {
            if (inputs.Text(input) is { Length: > 0 } value)
            {
                yield return option;
                yield return value;
            }
        }

        yield return inputs.Bool("skipCrds") == true ? "--skip-crds" : "--include-crds";
        if (inputs.Bool("includeHooks") != true)
        {
            yield return "--no-hooks";
        }

        if (inputs.Bool("dependencyUpdate") == true)
        {
            yield return "--dependency-update";
        }

        if (inputs.Bool("devel") == true)
        {
            yield return "--devel";
        }

        yield return "--values";
        yield return "-";
    }
}
