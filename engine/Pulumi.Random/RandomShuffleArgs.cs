namespace Pulumi.Random;

/// <summary>Arguments of <see cref="RandomShuffle"/>.</summary>
public sealed class RandomShuffleArgs : ResourceArgs
{
    [Input("inputs", required: true)]
    private InputList<string>? _inputs;

    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>Arguments of <see cref="RandomShuffle"/>.</summary>
    public RandomShuffleArgs()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomShuffleArgs Empty => new();

    /// <summary>The list to shuffle.</summary>
    public InputList<string> Inputs
    {
        get => _inputs ??= [];
        set => _inputs = value;
    }

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>How many elements to give; all of them by default.</summary>
    [Input("resultCount")]
    public Input<int>? ResultCount { get; set; }

    /// <summary>A text that decides the value; random by default.</summary>
    [Input("seed")]
    public Input<string>? Seed { get; set; }
}
