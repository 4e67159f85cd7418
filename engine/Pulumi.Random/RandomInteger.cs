using System.Collections.Immutable;

namespace Pulumi.Random;

/// <summary>A random whole number from a range.</summary>
[RandomResourceType("random:index/randomInteger:RandomInteger")]
public class RandomInteger : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public RandomInteger(string name, RandomIntegerArgs args, CustomResourceOptions? options = null)
        : base("random:index/randomInteger:RandomInteger", name, args ?? new RandomIntegerArgs(), MakeResourceOptions(options, ""))
    {
    }

    private RandomInteger(string name, Input<string> id, RandomIntegerState? state, CustomResourceOptions? options)
        : base("random:index/randomInteger:RandomInteger", name, state, MakeResourceOptions(options, id))
    {
    }

    /// <summary>Values whose change makes a new random value.</summary>
    [Output("keepers")]
    public Output<ImmutableDictionary<string, string>?> Keepers { get; private set; } = null!;

    /// <summary>The largest value, included.</summary>
    [Output("max")]
    public Output<int> Max { get; private set; } = null!;

    /// <summary>The smallest value, included.</summary>
    [Output("min")]
    public Output<int> Min { get; private set; } = null!;

    /// <summary>The random number.</summary>
    [Output("result")]
    public Output<int> Result { get; private set; } = null!;

    /// <summary>A text that decides the value; random by default.</summary>
    [Output("seed")]
    public Output<string?> Seed { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="options">Its options.</param>
    public static RandomInteger Get(string name, Input<string> id, RandomIntegerState? state = null, CustomResourceOptions? options = null) => new(name, id, state, options);

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
