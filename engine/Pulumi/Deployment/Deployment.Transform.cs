using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <content>Calling resource transforms.</content>
public sealed partial class Deployment
{
    /// <summary>Calls the transforms of a resource, its own before its parents'; changes <paramref name="inputs"/> and gives the options.</summary>
    private async ValueTask<ResourceOptions> TransformAsync(Resource resource, bool custom, List<SerializedInput> inputs, ResourceOptions options)
    {
        var (name, type) = (resource.GetResourceName(), resource.GetResourceType());
        foreach (var transform in resource.Transforms)
        {
            var args = inputs.ToImmutableDictionary(
                static input => input.Name,
                static input => PropertyReader.ReadWithOutputs(input.Value, [.. input.Resources]),
                StringComparer.Ordinal);
            var given = options.Clone();
            if (await transform(new ResourceTransformArgs(name, type, custom, args, given), _host.CancellationToken).ConfigureAwait(false) is not { } result)
            {
                continue;
            }

            if (result.Options.GetType() != options.GetType())
            {
                throw new ArgumentException($"A transform gave {result.Options.GetType().Name} for '{name}' of type '{type}', which takes {options.GetType().Name}.");
            }

            if (result.Options.Parent != options.Parent)
            {
                throw new ArgumentException($"A transform changed the parent of '{name}' of type '{type}', which is not possible.");
            }

            options = result.Options;
            await ReplaceAsync(inputs, args, result.Args).ConfigureAwait(false);
        }

        return options;
    }

    /// <summary>Serialises the inputs that a transform changed; the others stay as they are, with what they came from.</summary>
    private static async ValueTask ReplaceAsync(
        List<SerializedInput> inputs,
        ImmutableDictionary<string, object?> before,
        ImmutableDictionary<string, object?> after)
    {
        var earlier = inputs.ToDictionary(static input => input.Name, StringComparer.Ordinal);
        inputs.Clear();
        foreach (var (key, value) in after)
        {
            if (before.TryGetValue(key, out var old) && ReferenceEquals(old, value))
            {
                inputs.Add(earlier[key]);
                continue;
            }

            var serializer = new PropertySerializer("transformed ", key);
            var serialized = await serializer.SerializePropertyAsync(value).ConfigureAwait(false);
            if (serialized is not AppStack.Engine.Model.Values.PropertyValue.Null)
            {
                inputs.Add(new SerializedInput(key, serialized, serializer.Resources));
            }
        }
    }
}
