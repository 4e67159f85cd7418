namespace AppStack.Stacks.Environments;

/// <summary>Where a descriptor is.</summary>
/// <param name="Name">The environment's name, which is its stack's name.</param>
/// <param name="Path">The file, absolute.</param>
/// <param name="ShownAs">How messages name the file: relative to the project where that is shorter.</param>
public sealed record EnvironmentFile(string Name, string Path, string ShownAs)
{
    /// <summary>The folder that holds the descriptor.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Whether the file is there.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Reads the descriptor.</summary>
    /// <exception cref="Reading.DescriptorException">Something is wrong with it, or there is none; holds all that is wrong.</exception>
    public EnvironmentSpec Read() => EnvironmentReader.ReadFile(Path, ShownAs);
}
