namespace AppStack.Cli.Import;

/// <summary>An input of an args class.</summary>
/// <param name="Name">Its name for the engine.</param>
/// <param name="Property">The property that sets it.</param>
/// <param name="Type">That property's type.</param>
/// <param name="IsRequired">Whether it has to be set.</param>
internal sealed record SdkInput(string Name, string Property, Type Type, bool IsRequired);
