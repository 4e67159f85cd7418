using AppStack.Engine.Model.Values;
using Pulumi;
using Pulumi.Utilities;

namespace AppStack.Sdk.Tests.Support;

/// <summary>Short words for outputs of every kind, and for what they hold.</summary>
internal static class Values
{
    public static Output<T> Unknown<T>() => OutputUtilities.CreateUnknown(default(T)!);

    public static Output<T> UnknownSecret<T>() => Output.CreateSecret(Unknown<T>());

    public static Output<T> Later<T>(T value) => Output.Create(LaterAsync(value));

    public static async Task<(T Value, bool IsKnown, bool IsSecret)> Facts<T>(Output<T> output)
    {
        var data = await output.DataTask;
        return (data.Value, data.IsKnown, data.IsSecret);
    }

    public static async Task<string[]> Origins<T>(Output<T> output) =>
        [.. (await OutputUtilities.GetDependenciesAsync(output)).Select(resource => resource.GetResourceName()).Order(StringComparer.Ordinal)];

    public static PropertyValue Text(string value) => PropertyValue.Of(value);

    public static PropertyValue Map(params ReadOnlySpan<(string Key, PropertyValue Value)> members) => PropertyValue.Of(PropertyMap.Of(members));

    public static PropertyValue List(params PropertyValue[] items) => PropertyValue.Of(items);

    private static async Task<T> LaterAsync<T>(T value)
    {
        await Task.Yield();
        return value;
    }
}
