using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using Pulumi.Serialization;

namespace Pulumi;

/// <content>Calling functions.</content>
public sealed partial class Deployment
{
    internal Output<T> Invoke<T>(string token, InvokeArgs? args, InvokeOptions? options) => new(InvokeOutputAsync<T>(token, args, options));

    internal async Task<T> InvokeAsync<T>(string token, InvokeArgs? args, InvokeOptions? options)
    {
        var (arguments, _) = await SerializeArgumentsAsync(token, args).ConfigureAwait(false);
        if (arguments.ContainsUnknowns)
        {
            throw new InvalidOperationException($"An argument of '{token}' is not known in this preview. Call it with Invoke, which gives an output.");
        }

        var result = await InvokeKnownAsync(token, arguments, options).ConfigureAwait(false);
        return ReadResult<T>(token, result, []).Value;
    }

    private async Task<OutputData<T>> InvokeOutputAsync<T>(string token, InvokeArgs? args, InvokeOptions? options)
    {
        var (arguments, resources) = await SerializeArgumentsAsync(token, args).ConfigureAwait(false);
        if (options is InvokeOutputOptions { DependsOn: { IsSurelyEmpty: false } dependsOn })
        {
            resources = DataJoiner.Union(resources, [.. await ResourcesOfAsync(dependsOn).ConfigureAwait(false)]);
        }

        if (arguments.ContainsUnknowns || !await AllExistAsync(resources).ConfigureAwait(false))
        {
            return new OutputData<T>(default!, IsKnown: false, IsSecret: false, resources);
        }

        var result = await InvokeKnownAsync(token, arguments, options).ConfigureAwait(false);
        return ReadResult<T>(token, result, resources);
    }

    /// <summary>Whether all custom resources, also those under components, have an id: before that a function would not find them.</summary>
    private static async ValueTask<bool> AllExistAsync(ImmutableHashSet<Resource> resources)
    {
        foreach (var resource in Expand(resources))
        {
            if (resource is CustomResource { Id: { } id } && !(await id.DataTask.ConfigureAwait(false)).IsKnown)
            {
                return false;
            }
        }

        return true;
    }

    private static async ValueTask<(PropertyMap Arguments, ImmutableHashSet<Resource> Resources)> SerializeArgumentsAsync(string token, InputArgs? args)
    {
        var members = new List<KeyValuePair<string, PropertyValue>>();
        var resources = ImmutableHashSet<Resource>.Empty;
        foreach (var (key, value) in args?.Members() ?? [])
        {
            var serializer = new PropertySerializer($"invoke:{token}.", key);
            var serialized = await serializer.SerializePropertyAsync(value).ConfigureAwait(false);
            if (serialized is not PropertyValue.Null)
            {
                members.Add(new(key, serialized));
                resources = resources.Union(serializer.Resources);
            }
        }

        return (PropertyMap.Of(members), resources);
    }

    private static OutputData<T> ReadResult<T>(string token, PropertyMap result, ImmutableHashSet<Resource> resources) =>
        PropertyReader.Read<T>(PropertyValue.Of(result), $"{token} result", static message => Pulumi.Log.Warn(message), resources);

    private async Task<PropertyMap> InvokeKnownAsync(string token, PropertyMap arguments, InvokeOptions? options)
    {
        var provider = options?.Provider ?? options?.Parent?.GetProvider(token);
        return await CallMonitorAsync(new InvokeRequest(
            token,
            arguments,
            provider is null ? null : await provider.GetReferenceAsync().ConfigureAwait(false),
            options?.Version)).ConfigureAwait(false);
    }

    private async Task<PropertyMap> CallMonitorAsync(InvokeRequest request)
    {
        var response = await _host.Monitor.InvokeAsync(request, _host.CancellationToken).ConfigureAwait(false);
        return response.Failures.IsDefaultOrEmpty
            ? response.Result
            : throw new InvalidOperationException(
                $"Invoke of '{request.Token}' failed: {string.Join("; ", response.Failures.Select(static failure => $"{failure.Reason} ({failure.Property})"))}");
    }
}
