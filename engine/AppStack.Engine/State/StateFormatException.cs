using AppStack.Engine.Diagnostics;

namespace AppStack.Engine.State;

/// <summary>State that cannot be read: damaged, or made by something that uses features which this engine does not have.</summary>
public sealed class StateFormatException : StackException
{
    /// <summary>Says what cannot be read and what to do.</summary>
    public StateFormatException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
