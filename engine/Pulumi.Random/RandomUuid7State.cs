namespace Pulumi.Random;

/// <summary>What is known of a <see cref="RandomUuid7"/> that is read.</summary>
public sealed class RandomUuid7State : ResourceArgs
{
    [Input("keepers")]
    private InputMap<string>? _keepers;

    /// <summary>What is known of a <see cref="RandomUuid7"/> that is read.</summary>
    public RandomUuid7State()
    {
    }

    /// <summary>New arguments without values.</summary>
    public static new RandomUuid7State Empty => new();

    /// <summary>Values whose change makes a new random value.</summary>
    public InputMap<string> Keepers
    {
        get => _keepers ??= [];
        set => _keepers = value;
    }

    /// <summary>The UUID.</summary>
    [Input("result")]
    public Input<string>? Result { get; set; }
}
