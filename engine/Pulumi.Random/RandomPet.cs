using System.Collections.Immutable;

namespace Pulumi.Random;

/// <summary>A name of random words, easy to remember.</summary>
[RandomResourceType("random:index/randomPet:RandomPet")]
public class RandomPet : CustomResource
{
    /// <summary>Declares the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public RandomPet(string name, RandomPetArgs? args = null, CustomResourceOptions? options = null)
        : base("random:index/randomPet:RandomPet", name, args ?? new RandomPetArgs(), MakeResourceOptions(options, ""))
    {
    }

    private RandomPet(string name, Input<string> id, RandomPetState? state, CustomResourceOptions? options)
        : base("random:index/randomPet:RandomPet", name, state, MakeResourceOptions(options, id))
    {
    }

    /// <summary>Values whose change makes a new random value.</summary>
    [Output("keepers")]
    public Output<ImmutableDictionary<string, string>?> Keepers { get; private set; } = null!;

    /// <summary>The number of words; 2 by default.</summary>
    [Output("length")]
    public Output<int> Length { get; private set; } = null!;

    /// <summary>A word to put before the others.</summary>
    [Output("prefix")]
    public Output<string?> Prefix { get; private set; } = null!;

    /// <summary>What is put between the words; <c>-</c> by default.</summary>
    [Output("separator")]
    public Output<string> Separator { get; private set; } = null!;

    /// <summary>Reads a resource that exists already, without managing it.</summary>
    /// <param name="name">Its name in this program.</param>
    /// <param name="id">Its id.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="options">Its options.</param>
    public static RandomPet Get(string name, Input<string> id, RandomPetState? state = null, CustomResourceOptions? options = null) => new(name, id, state, options);

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
