namespace Pulumi.Random;

/// <summary>What is known of a <see cref="RandomShuffle"/> that is read.</summary>
public sealed class RandomShuffleState : ResourceArgs
{
    [Input("inputs")]
    private InputList<string>? _inputs;

    [Input("keepers")]
    private InputMap<string>? _keepers;

    [Input("results")]
    private InputList<string>? _results;

    /// <summary>What is known of a <see cref="RandomShuffle"/> that is read.</summary>
    public RandomShuffleState()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomShuffleState Empty => new();

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

    /// <summary>The elements in random order.</summary>
    public InputList<string> Results
    {
        get => _results ??= [];
        set => _results = value;
    }

    /// <summary>A text that decides the value; random by default.</summary>
    [Input("seed")]
    public Input<string>? Seed { get; set; }
}
