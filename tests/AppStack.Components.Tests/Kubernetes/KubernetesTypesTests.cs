using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AppStack.Components.Tests.Kubernetes;

/// <summary>Every golden manifest for a current version against the types that Kubernetes publishes.</summary>
public sealed class KubernetesTypesTests
{
    private static readonly KubernetesTypes Types = new(File.ReadLines(Path.Combine(Here(), "kubernetes-1.35.tsv")));

    /// <summary>The golden files with objects as a current version gets them.</summary>
    public static TheoryData<string> Manifests { get; } =
        [.. Golden("*.1.34.2.verified.json").Concat(Golden("IngressAcceptance.The_objects_of_a_route.*.verified.json")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_golden_manifest_has_only_fields_that_there_are_of_their_types_and_all_that_are_required(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Here(), file)));

        var problems = document.RootElement.EnumerateObject().SelectMany(found => Types.Check(found.Value).Select(problem => $"{found.Name} {problem}"));

        Assert.Empty(problems);
        Assert.NotEmpty(document.RootElement.EnumerateObject());
    }

    [Theory]
    [InlineData("""{"apiVersion":"policy/v1beta1","kind":"PodSecurityPolicy"}""", "there is no kind 'policy/v1beta1 PodSecurityPolicy'")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","dta":{}}""", ".dta: there is no such field")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","data":{"a":1}}""", ".data['a']: 1 is not string")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"port":"80"}]}}""", ".spec.ports[0].port: \"80\" is not integer")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"ports":{}}}""", ".spec.ports: {} is not ServicePort[]")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"targetPort":8080}]}}""", ".spec.ports[0].port: is missing")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"publishNotReadyAddresses":"true"}}""", ".spec.publishNotReadyAddresses: \"true\" is not boolean")]
    public void What_is_wrong_is_named_with_its_path(string manifest, string expected)
    {
        using var document = JsonDocument.Parse(manifest);

        Assert.Equal([expected], Types.Check(document.RootElement));
    }

    private static IEnumerable<string> Golden(string pattern) =>
        Directory.EnumerateFiles(Here(), pattern, SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Here(), file));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
