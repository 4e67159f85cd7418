using System.Collections.Immutable;

namespace Pulumi.Utilities;

/// <summary>Looks inside outputs; meant for tests and for libraries that extend the SDK.</summary>
public static class OutputUtilities
{
    /// <summary>An unknown output.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">What <see cref="GetValueAsync"/> would give if the output were known; never passed to Apply.</param>
    public static Output<T> CreateUnknown<T>(T value) => Output<T>.Of(new OutputData<T>(value, IsKnown: false, IsSecret: false, []));

    /// <summary>An unknown output; <paramref name="valueFactory"/> is never called.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="valueFactory">Would give the value if the output were known.</param>
    public static Output<T> CreateUnknown<T>(Func<Task<T>> valueFactory) => CreateUnknown(default(T)!);

    /// <summary>The same output, which also came from <paramref name="resource"/>.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="output">The output.</param>
    /// <param name="resource">The resource.</param>
    public static Output<T> WithDependency<T>(Output<T> output, Resource resource)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(resource);
        return output.With(data => data with { Resources = data.Resources.Add(resource) });
    }

    /// <summary>Whether the value is known.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="output">The output.</param>
    public static async Task<bool> GetIsKnownAsync<T>(Output<T> output) => (await output.DataTask.ConfigureAwait(false)).IsKnown;

    /// <summary>The value; the default of its type when it is not known.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="output">The output.</param>
    public static Task<T> GetValueAsync<T>(Output<T> output) => output.GetValueAsync(whenUnknown: default!);

    /// <summary>The resources that the value came from.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="output">The output.</param>
    public static async Task<ImmutableHashSet<Resource>> GetDependenciesAsync<T>(Output<T> output) =>
        (await output.DataTask.ConfigureAwait(false)).Resources;
}
