namespace AppStack.Stacks.Services;

/// <summary>Where a service's descriptor is.</summary>
/// <param name="Name">The service's name, which is its folder's name.</param>
/// <param name="Path">The file, absolute.</param>
/// <param name="ShownAs">How messages name the file: relative to the project where that is shorter.</param>
public sealed record ServiceFile(string Name, string Path, string ShownAs)
{
    /// <summary>Whether the file is there.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Reads the descriptor.</summary>
    /// <exception cref="Environments.Reading.DescriptorException">Something is wrong with it, or there is none; holds all that is wrong.</exception>
    public ServiceDefinition Read() => ServiceReader.ReadFile(this);
}
