using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Moq;
using Pulumi;
using Pulumi.Testing;
using Provider = Pulumi.Kubernetes.Provider;

namespace AppStack.Components.Tests.Kubernetes;

/// <summary>What components make in a cluster, as it is sent to its API.</summary>
internal static class Manifests
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The objects that a program declares, as sorted JSON by type and name.</summary>
    public static async Task<string> OfAsync(Action<Provider> declare)
    {
        var seen = new ConcurrentDictionary<string, ImmutableDictionary<string, object>>(StringComparer.Ordinal);
        var mocks = new Mock<IMocks>();
        mocks.Setup(found => found.NewResourceAsync(It.IsAny<MockResourceArgs>())).Returns((MockResourceArgs args) =>
        {
            if (args.Type!.StartsWith("kubernetes:", StringComparison.Ordinal))
            {
                seen[$"{args.Type} {args.Name}"] = args.Inputs;
            }

            return Task.FromResult<(string? Id, object State)>(($"{args.Name}_id", args.Inputs));
        });
        await Deployment.TestAsync(mocks.Object, new TestOptions(), () =>
        {
            declare(new Provider("gov"));
            return Task.CompletedTask;
        });
        return JsonSerializer.Serialize(new SortedDictionary<string, ImmutableDictionary<string, object>>(seen, StringComparer.Ordinal).ToDictionary(found => found.Key, found => Sorted(found.Value)), Json) + "\n";
    }

    private static object? Sorted(object? value) => value switch
    {
        IReadOnlyDictionary<string, object> map => new SortedDictionary<string, object?>(map.ToDictionary(found => found.Key, found => Sorted(found.Value)), StringComparer.Ordinal),
        ImmutableArray<object> list => list.Select(Sorted).ToList(),
        _ => value,
    };
}
