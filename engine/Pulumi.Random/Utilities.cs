namespace Pulumi.Random;

/// <summary>What all classes of the package share.</summary>
internal static class Utilities
{
    /// <summary>The version of the official package; it is part of the default provider's name in state.</summary>
    public const string Version = "4.18.2";

    /// <summary>Marks an input as secret; a null one becomes a secret null, as in the official package.</summary>
    public static Input<T> AsSecret<T>(Input<T>? value) => Output.CreateSecret(value.ToOutput());
}
