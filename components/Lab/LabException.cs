namespace AppStack.Components.Lab;

/// <summary>The lab's script refused or failed; the message is what it said.</summary>
public sealed class LabException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="verb">What was asked of the script.</param>
    /// <param name="message">What it wrote to standard error.</param>
    public LabException(string verb, string message)
        : base(message.Length > 0 ? message : $"appstack-lab {verb} failed without saying why")
        => Verb = verb;

    /// <summary>The verb and its arguments.</summary>
    public string Verb { get; }
}
