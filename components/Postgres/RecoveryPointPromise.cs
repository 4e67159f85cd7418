namespace AppStack.Components.Postgres;

/// <summary>Whether an acknowledged write may be lost.</summary>
public enum RecoveryPointPromise
{
    /// <summary>Never: a commit waits until so many standbys have it on disk that every electing majority knows one of them.</summary>
    Zero,

    /// <summary>Those of the last moments may be, up to <see cref="RepmgrClusterSpec.MaxLagMiB"/> of WAL: a commit waits for nobody.</summary>
    Bounded,
}
