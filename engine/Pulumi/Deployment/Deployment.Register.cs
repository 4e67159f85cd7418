using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using Pulumi.Serialization;

namespace Pulumi;

/// <content>Registering resources.</content>
public sealed partial class Deployment
{
    private const string UrnProperty = "urn";
    private const string IdProperty = "id";

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> NoPropertyDependencies =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>Begins to register (or to read) a resource; its outputs complete with the engine's answer.</summary>
    internal void Register(Resource resource, bool custom, ResourceArgs args, ResourceOptions options) =>
        _tasks.Track(CompleteAsync(resource, custom, args, options));

    /// <summary>Begins to export outputs of a component.</summary>
    internal void RegisterOutputs(Resource resource, Output<IDictionary<string, object?>> outputs) =>
        _tasks.Track(RegisterOutputsAsync(resource, outputs));

    private async Task CompleteAsync(Resource resource, bool custom, ResourceArgs args, ResourceOptions options)
    {
        try
        {
            var answer = await ReadOrRegisterAsync(resource, custom, args, options).ConfigureAwait(false);
            Fill(resource, custom, answer);
        }
        catch (Exception exception)
        {
            foreach (var slot in resource.Slots)
            {
                slot.TryFault(exception);
            }

            throw;
        }
    }

    private void Fill(Resource resource, bool custom, Answer answer)
    {
        var properties = resource.Properties;
        for (var i = 0; i < properties.Length; i++)
        {
            var (property, slot) = (properties[i], resource.Slots[i]);
            if (property.Name == UrnProperty)
            {
                slot.SetText(answer.Urn, isKnown: true, resource);
            }
            else if (custom && property.Name == IdProperty)
            {
                slot.SetText(answer.Id ?? "", isKnown: !string.IsNullOrEmpty(answer.Id), resource);
            }
            else if (answer.Outputs.TryGetValue(property.Name, out var value))
            {
                slot.Set(value, property.Context, resource);
            }
            else
            {
                // In a preview, or after a failed step, a missing output is one that is not known yet.
                slot.TrySetDefault(isKnown: !_host.IsDryRun && answer.Result == RegistrationResult.Success, resource);
            }
        }
    }

    private async Task<Answer> ReadOrRegisterAsync(Resource resource, bool custom, ResourceArgs args, ResourceOptions options)
    {
        if (options.Urn is not null)
        {
            return await LookUpAsync(options.Urn).ConfigureAwait(false);
        }

        if (options.Id is not null)
        {
            var id = (await options.Id.AsOutput.DataTask.ConfigureAwait(false)) is { IsKnown: true } known ? known.Value : "";
            if (!string.IsNullOrEmpty(id))
            {
                return custom
                    ? await ReadAsync(resource, id, args, options).ConfigureAwait(false)
                    : throw new ArgumentException($"{nameof(ResourceOptions)}.{nameof(ResourceOptions.Id)} is only valid for a {nameof(CustomResource)}");
            }
        }

        var inputs = await SerializeAsync(resource, args).ConfigureAwait(false);
        if (resource.Transforms.Length > 0)
        {
            options = await TransformAsync(resource, custom, inputs, options).ConfigureAwait(false);
        }

        var prepared = await PrepareAsync(resource, custom, inputs, options).ConfigureAwait(false);
        var request = new RegisterResourceRequest
        {
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Custom = custom,
            Parent = prepared.Parent,
            Inputs = prepared.Inputs,
            PropertyDependencies = prepared.PropertyDependencies,
            Dependencies = prepared.Dependencies,
            Provider = prepared.Provider,
            Options = await GoalOptionsAsync(options).ConfigureAwait(false),
        };
        _onRegister?.Invoke(resource);
        var response = await _host.Monitor.RegisterResourceAsync(request, _host.CancellationToken).ConfigureAwait(false);
        return new Answer(response.Urn, response.Id, response.Outputs, response.Result);
    }

    private async Task<Answer> ReadAsync(Resource resource, string id, ResourceArgs args, ResourceOptions options)
    {
        var inputs = await SerializeAsync(resource, args).ConfigureAwait(false);
        var prepared = await PrepareAsync(resource, custom: true, inputs, options).ConfigureAwait(false);
        var request = new ReadResourceRequest
        {
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Id = id,
            Parent = prepared.Parent,
            Properties = prepared.Inputs,
            Dependencies = prepared.Dependencies,
            Provider = prepared.Provider,
            Version = options.Version,
            AdditionalSecretOutputs = options is CustomResourceOptions { AdditionalSecretOutputs: { Count: > 0 } secrets } ? [.. secrets] : [],
        };
        _onRegister?.Invoke(resource);
        var response = await _host.Monitor.ReadResourceAsync(request, _host.CancellationToken).ConfigureAwait(false);
        return new Answer(response.Urn, id, response.Outputs, RegistrationResult.Success);
    }

    private async Task<Answer> LookUpAsync(string urn)
    {
        var response = await CallMonitorAsync(new InvokeRequest("pulumi:pulumi:getResource", PropertyMap.Of((UrnProperty, PropertyValue.Of(urn)))))
            .ConfigureAwait(false);
        return new Answer(
            response.Find(UrnProperty) is PropertyValue.Text found ? found.Value : urn,
            response.Find(IdProperty) is PropertyValue.Text id ? id.Value : null,
            response.Find("state") is PropertyValue.Map state ? state.Members : PropertyMap.Empty,
            RegistrationResult.Success);
    }

    private static async ValueTask<List<SerializedInput>> SerializeAsync(Resource resource, ResourceArgs args)
    {
        var inputs = new List<SerializedInput>();
        var owner = $"resource:{resource.GetResourceName()}[{resource.GetResourceType()}].";
        foreach (var (key, value) in args.Members())
        {
            if (key is IdProperty or UrnProperty)
            {
                continue;
            }

            var serializer = new PropertySerializer(owner, key);
            var serialized = await serializer.SerializePropertyAsync(value).ConfigureAwait(false);
            if (serialized is not PropertyValue.Null)
            {
                inputs.Add(new SerializedInput(key, serialized, serializer.Resources));
            }
        }

        return inputs;
    }

    private async ValueTask<Prepared> PrepareAsync(Resource resource, bool custom, List<SerializedInput> inputs, ResourceOptions options)
    {
        var parent = options.Parent is not null
            ? (await options.Parent.Urn.DataTask.ConfigureAwait(false)).Value
            : await StackUrnAsync(resource).ConfigureAwait(false);
        var provider = custom && options.Provider is not null ? await options.Provider.GetReferenceAsync().ConfigureAwait(false) : null;
        var propertyDependencies = NoPropertyDependencies.ToBuilder();
        var allDependencies = new SortedSet<string>(StringComparer.Ordinal);
        if (options.HasDependsOn)
        {
            var explicitDependencies = await ResourcesOfAsync(options.DependsOn).ConfigureAwait(false);
            allDependencies.UnionWith(await UrnsOfAsync(explicitDependencies, resource).ConfigureAwait(false));
        }

        foreach (var input in inputs)
        {
            var urns = await UrnsOfAsync(input.Resources, resource).ConfigureAwait(false);
            propertyDependencies.Add(input.Name, urns);
            allDependencies.UnionWith(urns);
        }

        return new Prepared(
            PropertyMap.Of(inputs.Select(static input => KeyValuePair.Create(input.Name, input.Value))),
            propertyDependencies.ToImmutable(),
            allDependencies.Count == 0 ? [] : [.. allDependencies],
            parent,
            provider);
    }

    private async ValueTask<string?> StackUrnAsync(Resource resource) =>
        resource.GetResourceType() == Resource.StackType ? null : (await Stack.Urn.DataTask.ConfigureAwait(false)).Value;

    private static async ValueTask<IReadOnlyCollection<Resource>> ResourcesOfAsync(InputList<Resource> list)
    {
        var data = await list.AsOutput.DataTask.ConfigureAwait(false);
        return data.IsKnown && !data.Value.IsDefault ? [.. data.Value.Where(static resource => resource is not null)] : [];
    }

    /// <summary>
    /// The URNs of what a dependency on these resources means: a component stands for the custom resources under it, as far as they
    /// are attached by now; custom resources stand for themselves alone.
    /// </summary>
    private static async ValueTask<ImmutableArray<string>> UrnsOfAsync(IReadOnlyCollection<Resource> resources, Resource? dependent)
    {
        if (resources.Count == 0)
        {
            return [];
        }

        var urns = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var resource in Expand(resources))
        {
            // A component's child may depend on the component; it must not wait for itself.
            if (resource is CustomResource && resource != dependent
                && (await resource.Urn.DataTask.ConfigureAwait(false)).Value is { Length: > 0 } urn)
            {
                urns.Add(urn);
            }
        }

        return [.. urns];
    }

    private static HashSet<Resource> Expand(IReadOnlyCollection<Resource> resources)
    {
        var reached = new HashSet<Resource>();
        var pending = new Stack<Resource>(resources);
        while (pending.TryPop(out var resource))
        {
            if (reached.Add(resource) && resource is ComponentResource)
            {
                foreach (var child in resource.GetChildren())
                {
                    pending.Push(child);
                }
            }
        }

        return reached;
    }

    private async Task RegisterOutputsAsync(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        var urn = (await resource.Urn.DataTask.ConfigureAwait(false)).Value;
        var data = await outputs.DataTask.ConfigureAwait(false);
        var members = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (key, value) in data.IsKnown ? data.Value : ImmutableDictionary<string, object?>.Empty)
        {
            var serialized = await new PropertySerializer("outputs of " + urn + ".", key).SerializePropertyAsync(value).ConfigureAwait(false);
            if (serialized is not PropertyValue.Null)
            {
                members.Add(new(key, data.IsSecret ? serialized.AsSecret() : serialized));
            }
        }

        await _host.Monitor.RegisterResourceOutputsAsync(urn, PropertyMap.Of(members), _host.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>One input as it is sent, with what it depends on.</summary>
    /// <param name="Name">The input's name.</param>
    /// <param name="Value">Its value.</param>
    /// <param name="Resources">What the value came from.</param>
    private sealed record SerializedInput(string Name, PropertyValue Value, IReadOnlyCollection<Resource> Resources);

    private sealed record Answer(string Urn, string? Id, PropertyMap Outputs, RegistrationResult Result);

    private sealed record Prepared(
        PropertyMap Inputs,
        ImmutableSortedDictionary<string, ImmutableArray<string>> PropertyDependencies,
        ImmutableArray<string> Dependencies,
        string? Parent,
        string? Provider);
}
