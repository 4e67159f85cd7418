using System.Collections.Concurrent;
using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using Pulumi.Serialization;

namespace Pulumi.Testing;

/// <summary>
/// Answers registrations with what the test's mocks say. It has the peculiarities of Pulumi's own mock monitor (the shape of its
/// URNs, for one), so that a test gives the same result with either engine.
/// </summary>
internal sealed class MockMonitor(IMocks mocks, string project, string stack) : IResourceMonitor
{
    private readonly ConcurrentDictionary<string, PropertyMap> _registered = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _errors = new();

    /// <summary>The errors logged so far.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public async Task<RegisterResourceResponse> RegisterResourceAsync(RegisterResourceRequest request, CancellationToken cancellationToken)
    {
        var urn = UrnFor(request.Parent, request.Type, request.Name);
        if (request.Type == Resource.StackType)
        {
            return new RegisterResourceResponse { Urn = urn };
        }

        var (id, state) = await mocks.NewResourceAsync(new MockResourceArgs
        {
            Type = request.Type,
            Name = request.Name,
            Inputs = PlainValues(request.Inputs),
            Provider = request.Provider ?? "",
            Id = request.Options.ImportId ?? "",
        }).ConfigureAwait(false);
        id ??= request.Options.ImportId;
        var outputs = await SerializeAsync(state).ConfigureAwait(false);
        Remember(urn, id, outputs);
        return new RegisterResourceResponse { Urn = urn, Id = id, Outputs = outputs };
    }

    public async Task<ReadResourceResponse> ReadResourceAsync(ReadResourceRequest request, CancellationToken cancellationToken)
    {
        var (id, state) = await mocks.NewResourceAsync(new MockResourceArgs
        {
            Type = request.Type,
            Name = request.Name,
            Inputs = PlainValues(request.Properties),
            Provider = request.Provider ?? "",
            Id = request.Id,
        }).ConfigureAwait(false);
        var urn = UrnFor(request.Parent, request.Type, request.Name);
        var outputs = await SerializeAsync(state).ConfigureAwait(false);
        Remember(urn, id, outputs);
        return new ReadResourceResponse(urn, outputs);
    }

    public async Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        var args = PlainValues(request.Arguments);
        if (request.Token == "pulumi:pulumi:getResource")
        {
            var urn = (string)args["urn"];
            return _registered.TryGetValue(urn, out var resource)
                ? new InvokeResponse(resource, [])
                : throw new InvalidOperationException($"Unknown resource {urn}");
        }

        var result = await mocks.CallAsync(new MockCallArgs { Token = request.Token, Args = args, Provider = request.Provider ?? "" }).ConfigureAwait(false);
        return new InvokeResponse(await SerializeAsync(result).ConfigureAwait(false), []);
    }

    public Task RegisterResourceOutputsAsync(string urn, PropertyMap outputs, CancellationToken cancellationToken) =>
        mocks.RegisterResourceOutputs(new MockRegisterResourceOutputsRequest(
            urn,
            outputs.ToImmutableDictionary(
                static output => output.Key,
                static output => Output<object?>.Of(PropertyReader.ReadObject(output.Value)),
                StringComparer.Ordinal)));

    public void Log(LogMessage message)
    {
        if (message.Severity == LogSeverity.Error)
        {
            _errors.Enqueue(message.Message);
        }
    }

    private static ImmutableDictionary<string, object> PlainValues(PropertyMap values)
    {
        var plain = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            if (PropertyReader.ReadObject(value) is { IsKnown: true, Value: { } known })
            {
                plain.Add(key, known);
            }
        }

        return plain.ToImmutable();
    }

    private static async Task<PropertyMap> SerializeAsync(object values)
    {
        // A dictionary type that is only generic would otherwise not be recognised.
        var serializable = values is IDictionary<string, object> dictionary ? dictionary.ToImmutableDictionary(StringComparer.Ordinal) : values;
        return await new PropertySerializer("", "").SerializeAsync(serializable).ConfigureAwait(false) is PropertyValue.Map map
            ? map.Members
            : throw new InvalidOperationException($"{values.GetType().FullName} is not a supported argument type");
    }

    private string UrnFor(string? parent, string type, string name)
    {
        if (!string.IsNullOrEmpty(parent))
        {
            type = parent.Split("::")[2].Split('$')[0] + "$" + type;
        }

        return $"urn:pulumi:{stack}::{project}::{type}::{name}";
    }

    private void Remember(string urn, string? id, PropertyMap outputs) => _registered[urn] = PropertyMap.Of(
        ("urn", PropertyValue.Of(urn)),
        ("id", PropertyValue.Of(id)),
        ("state", PropertyValue.Of(outputs)));
}
