namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomPet"/>.</summary>
public sealed class RandomPetArgs : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomPet"/>.</summary>
    public RandomPetArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomPetArgs Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The number of words; 2 by default.</summary>
    [Input("length")]
    public Input<int>? Length { get; set; }

    /// <summary>A word to put before the others.</summary>
    [Input("prefix")]
    public Input<string>? Prefix { get; set; }

    /// <summary>What is put between the words; <c>-</c> by default.</summary>
    [Input("separator")]
    public Input<string>? Separator { get; set; }
}
