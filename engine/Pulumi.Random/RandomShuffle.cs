using System.Collections.Immutable;

namespace Pulumi.Random;

/// <summary>A random permutation of a list.</summary>
[RandomResourceType("random:index/randomShuffle:RandomShuffle")]
public class RandomShuffle : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public RandomShuffle(string name, RandomShuffleArgs args, CustomResourceOptions? options = null)
        : base("random:index/randomShuffle:RandomShuffle", name, args ?? new RandomShuffleArgs(), MakeResourceOptions(options, ""))
    {
    }

    private RandomShuffle(string name, Input<string> id, RandomShuffleState? state, CustomResourceOptions? options)
        : base("random:index/randomShuffle:RandomShuffle", name, state, MakeResourceOptions(options, id))
    {
    }

    /// <summary>The list to shuffle.</summary>
    [Output("inputs")]
    public Output<ImmutableArray<string>> Inputs { get; private set; } = null!;

    /// <summary>Values whose change makes a new random value.</summary>
    [Output("keepers")]
    public Output<ImmutableDictionary<string, string>?> Keepers { get; private set; } = null!;

    /// <summary>How many elements to give; all of them by default.</summary>
    [Output("resultCount")]
    public Output<int?> ResultCount { get; private set; } = null!;

    /// <summary>The elements in random order.</summary>
    [Output("results")]
    public Output<ImmutableArray<string>> Results { get; private set; } = null!;

    /// <summary>A text that decides the value; random by default.</summary>
    [Output("seed")]
    public Output<string?> Seed { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="options">Its options.</param>
    public static RandomShuffle Get(string name, Input<string> id, RandomShuffleState? state = null, CustomResourceOptions? options = null) => new(name, id, state, options);

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
