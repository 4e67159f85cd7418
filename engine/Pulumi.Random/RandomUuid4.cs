using System.Collections.Immutable;

namespace Pulumi.Random;

/// <summary>A random UUID (version 4).</summary>
[RandomResourceType("random:index/randomUuid4:RandomUuid4")]
public class RandomUuid4 : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public RandomUuid4(string name, RandomUuid4Args? args = null, CustomResourceOptions? options = null)
        : base("random:index/randomUuid4:RandomUuid4", name, args ?? new RandomUuid4Args(), MakeResourceOptions(options, ""))
    {
    }

    private RandomUuid4(string name, Input<string> id, RandomUuid4State? state, CustomResourceOptions? options)
        : base("random:index/randomUuid4:RandomUuid4", name, state, MakeResourceOptions(options, id))
    {
    }

    /// <summary>Values whose change makes a new random value.</summary>
    [Output("keepers")]
    public Output<ImmutableDictionary<string, string>?> Keepers { get; private set; } = null!;

    /// <summary>The UUID.</summary>
    [Output("result")]
    public Output<string> Result { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="options">Its options.</param>
    public static RandomUuid4 Get(string name, Input<string> id, RandomUuid4State? state = null, CustomResourceOptions? options = null) => new(name, id, state, options);

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
    {
        var defaults = new CustomResourceOptions
        {
            Version = Utilities.Version,
        };
        var merged = CustomResourceOptions.Merge(defaults, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }
}
