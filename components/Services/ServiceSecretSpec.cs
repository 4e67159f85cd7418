namespace AppStack.Components.Services;

/// <summary>A secret of a service: a file in its pods. Its value is given apart, because specifications are shown.</summary>
/// <param name="Name">Its name, also that of the file.</param>
/// <param name="Setting">The environment variable that says where the file is.</param>
public sealed record ServiceSecretSpec(string Name, string Setting);
