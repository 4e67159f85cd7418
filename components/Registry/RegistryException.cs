namespace AppStack.Components.Registry;

/// <summary>A registry did not do what it was asked for; the message says what, and what the registry said.</summary>
public sealed class RegistryException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause.</param>
    public RegistryException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
