namespace Pulumi.Random;

/// <summary>What is known of a <see cref="RandomPet"/> that is read.</summary>
public sealed class RandomPetState : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>What is known of a <see cref="RandomPet"/> that is read.</summary>
    public RandomPetState()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomPetState Empty => new();

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
