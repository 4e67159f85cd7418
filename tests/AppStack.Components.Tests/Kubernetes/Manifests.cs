using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Moq;
using Pulumi;
using Pulumi.Testing;
using Provider = Pulumi.Kubernetes.Provider;

namespace AppStack.Components.Tests.Kubernetes;

/// <summary>The objects that components make in a cluster, as they are sent to its API.</summary>
internal static class Manifests
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The objects by type and name.</summary>
    public static async Task<ImmutableSortedDictionary<string, ImmutableDictionary<string, object>>> OfAsync(Action<Provider> declare)
    {
        var seen = new ConcurrentDictionary<string, ImmutableDictionary<string, object>>(StringComparer.Ordinal);
        var mocks = new Mock<IMocks>();
        mocks.Setup(found => found.NewResourceAsync(It.IsAny<MockResourceArgs>())).Returns((MockResourceArgs args) =>
        {
            if (args.Type!.StartsWith("kubernetes:", StringComparison.Ordinal))
            {
                seen[$"{args.Type} {args.Name}"] = args.Inputs;
            }

            // openssl prints keys and certificates.
            var state = args.Type == "command:local:Command"
                ? args.Inputs.SetItem("stdout", "-----BEGIN PRIVATE KEY-----\nkey\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\ncertificate\n-----END CERTIFICATE-----\n")
                : args.Inputs;
            return Task.FromResult<(string? Id, object State)>(($"{args.Name}_id", state));
        });
        mocks.Setup(found => found.CallAsync(It.IsAny<MockCallArgs>())).Returns((MockCallArgs args) =>
        {
            seen[$"{args.Token}"] = args.Args;
            return Task.FromResult<object>(new Dictionary<string, object> { ["manifests"] = "" });
        });
        await Deployment.TestAsync(mocks.Object, new TestOptions(), () =>
        {
            declare(new Provider("gov"));
            return Task.CompletedTask;
        });
        return seen.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>All of them as one JSON text.</summary>
    public static async Task<string> TextAsync(Action<Provider> declare) =>
        JsonSerializer.Serialize((await OfAsync(declare)).ToDictionary(found => found.Key, found => Sorted(found.Value)), Json) + "\n";

    private static object? Sorted(object? value) => value switch
    {
        IReadOnlyDictionary<string, object> map => new SortedDictionary<string, object?>(map.ToDictionary(found => found.Key, found => Sorted(found.Value)), StringComparer.Ordinal),
        ImmutableArray<object> list => list.Select(Sorted).ToList(),
        _ => value,
    };
}
